package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) helpCmd(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:    "help",
		Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			found, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.unknownVerb(root, strings.Join(args, " "))
			}
			return found.Help()
		},
	}
}

// helpFlags words each verb's --help in the user's language.
func (a *app) helpFlags(cmd *cobra.Command) {
	cmd.Flags().BoolP("help", "h", false, a.say("xem trợ giúp", "show this help"))
	for _, sub := range cmd.Commands() {
		a.helpFlags(sub)
	}
}

// help prints what a verb does, an example, and its flags.
func (a *app) help(cmd *cobra.Command) {
	a.println(cmd.Short)
	if cmd.Long != "" {
		a.println("")
		a.paragraph("", cmd.Long)
	}
	a.heading("Cách dùng:", "Usage:")
	a.println("  " + a.useLine(cmd))
	if cmd.HasExample() {
		a.heading("Ví dụ:", "Examples:")
		a.println(cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		a.heading("Các lệnh:", "Verbs:")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				a.println("  " + pad(sub.Name(), 11) + " " + sub.Short)
			}
		}
	}
	a.helpOnFlags("Tùy chọn:", "Flags:", cmd.LocalFlags())
	a.helpOnFlags("Tùy chọn chung:", "Flags everywhere:", cmd.InheritedFlags())
}

func (a *app) useLine(cmd *cobra.Command) string {
	use := cmd.Use
	if cmd.HasParent() {
		use = cmd.Parent().CommandPath() + " " + use
	} else {
		use += a.say(" LỆNH", " VERB")
	}
	return use + a.say(" [tùy chọn]", " [flags]")
}

// helpOnFlags lists flags; pflag's own list counts bytes, not columns.
func (a *app) helpOnFlags(vi, en string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	a.heading(vi, en)
	var names, texts []string
	widest := 0
	flags.VisitAll(func(f *pflag.Flag) {
		value, text := pflag.UnquoteUsage(f)
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		name = strings.TrimRight(name+" "+value, " ")
		names, texts = append(names, name), append(texts, text)
		widest = max(widest, columns(name))
	})
	for i, name := range names {
		for j, line := range fold(texts[i], lineWidth-widest-3) {
			if j > 0 {
				name = ""
			}
			a.println(pad(name, widest+3) + line)
		}
	}
}
