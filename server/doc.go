// Package server puts drills on the local network: pages for the facilitator
// and the participants, a JSON API for every act, and a stream of what
// changes. It needs no internet and no other server.
//
// Start with New and Handler. Every route is registered with the access it
// wants (routes.go) and answers nobody else. What a participant may see of a
// drill is decided in one function, phoneOf (phone.go); pages, API and stream
// all show its result and nothing else. Acts go to a live.Room, which keeps
// them on disk before they are acknowledged or shown.
package server
