"""`python -m casecheck`."""

from casecheck.cli.main import main

if __name__ == "__main__":
    main()
