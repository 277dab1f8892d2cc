"""What every engine does alike: how a profile is packed and checked, how a listing goes on, what a typo is."""
