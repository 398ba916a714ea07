"""The rooms of the house: each module adds one value to the platform."""
