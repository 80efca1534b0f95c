"""What surrounds every page: headers, guard, language, assets, navigation, failures, logs."""
