"""Run the command line as ``python -m jusou_nb``."""

from jusou_nb.cli import main

if __name__ == "__main__":
    main()
