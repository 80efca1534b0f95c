"""Tests of SIAGA."""
