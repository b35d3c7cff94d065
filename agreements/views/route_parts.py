"""What the addresses of agreements and annexes begin with."""

AGREEMENT = "overenskommelser/<slug:slug>"
ANNEX = f"{AGREEMENT}/bilagor/<str:number>"
