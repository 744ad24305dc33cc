"""What is printed: packets, the monthly report, sheets. Values are gathered, then printed."""
