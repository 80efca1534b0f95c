"""A simulated world: offices, staff, applicants and two years of work, reproducible from a seed.

Nobody in it exists. Numbers of people begin with 99, telephones with +62999. History is made by
the services themselves under a held clock, so it has passed every check that real work passes.
"""
