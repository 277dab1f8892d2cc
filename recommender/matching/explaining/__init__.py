"""Why a match scored what it did: sections, attribution, reasons."""
