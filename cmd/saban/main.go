// Saban conducts tabletop drills for protected facilities: it plays a threat
// scenario against the clock, scores how quickly and how correctly each
// response was made, and shows the evidence. Start with `saban --help`.
package main

import "os"

func main() { os.Exit(newApp().main(os.Args[1:])) }
