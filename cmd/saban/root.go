package main

import (
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
)

// main runs one command line and returns the exit code.
func (a *app) main(args []string) int {
	a.lang = languageOf(args, a.env)
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	return a.report(root.Execute())
}

func (a *app) root() *cobra.Command {
	cobra.MousetrapHelpText = ""
	cobra.EnableCommandSorting = false
	root := &cobra.Command{
		Use:           "saban",
		Short:         a.say("diễn tập trên sa bàn: phát tình huống, bấm giờ, chấm điểm, rút kinh nghiệm", "tabletop drills: play a threat scenario against the clock, score it, learn from it"),
		SilenceUsage:  true,
		SilenceErrors: true,
		Example: strings.Join([]string{
			"  saban list",
			"  saban run bomb-threat",
			"  saban run bomb-threat --play scenarios/rehearsals/bomb-threat/on-time.yaml",
		}, "\n"),
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownVerb(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	var lang string
	flags := root.PersistentFlags()
	flags.StringVar(&lang, "lang", string(a.lang), a.say("ngôn ngữ: vi hoặc en (hoặc biến SABAN_LANG)", "language: vi or en (or SABAN_LANG)"))
	flags.BoolVar(&a.json, "json", false, a.say("in kết quả dạng JSON", "print results as JSON"))
	flags.BoolVar(&a.noColor, "no-color", false, a.say("không dùng màu", "no colour"))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if lang != string(engine.VI) && lang != string(engine.EN) {
			return cannot(nil, engine.Both("không có ngôn ngữ %q", "there is no language %q", lang), engine.Both("dùng vi hoặc en", "use vi or en"))
		}
		return nil
	}
	root.AddCommand(a.listCmd(), a.showCmd(), a.checkCmd(), a.runCmd(), a.testCmd(), a.scoreCmd(), a.reportCmd(),
		a.graphCmd(), a.verifyCmd(), a.versionCmd(), a.completionCmd(root))
	root.SetHelpCommand(&cobra.Command{Use: "help [verb]", Hidden: true, RunE: func(cmd *cobra.Command, args []string) error {
		found, _, err := root.Find(args)
		if err != nil || found == nil {
			return a.unknownVerb(root, strings.Join(args, " "))
		}
		found.InitDefaultHelpFlag()
		return found.Help()
	}})
	root.SetUsageTemplate(a.usage())
	root.SetHelpTemplate("{{.Short}}\n{{with .Long}}\n{{.}}\n{{end}}\n{{.UsageString}}")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return a.flagError(cmd, err) })
	a.helpFlags(root)
	return root
}

// helpFlags words each verb's --help in the user's language.
func (a *app) helpFlags(cmd *cobra.Command) {
	cmd.Flags().BoolP("help", "h", false, a.say("xem trợ giúp", "show this help"))
	for _, sub := range cmd.Commands() {
		a.helpFlags(sub)
	}
}

func (a *app) usage() string {
	return a.say("Cách dùng", "Usage") + ":\n  {{.UseLine}}\n" +
		"{{if .HasExample}}\n" + a.say("Ví dụ", "Examples") + ":\n{{.Example}}\n{{end}}" +
		"{{if .HasAvailableSubCommands}}\n" + a.say("Các lệnh", "Verbs") + ":\n{{range .Commands}}{{if .IsAvailableCommand}}  {{rpad .Name 11}} {{.Short}}\n{{end}}{{end}}{{end}}" +
		"{{if .HasAvailableLocalFlags}}\n" + a.say("Tùy chọn", "Flags") + ":\n{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}\n{{end}}" +
		"{{if .HasAvailableInheritedFlags}}\n" + a.say("Tùy chọn chung", "Flags everywhere") + ":\n{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}\n{{end}}"
}

func (a *app) unknownVerb(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	hint := engine.Both("xem saban --help", "see saban --help")
	if near := engine.Closest(word, names); near != "" {
		hint = engine.Both("có phải là saban %s?", "did you mean saban %s?", near)
	}
	return cannot(nil, engine.Both("không có lệnh %q", "there is no verb %q", word), hint)
}

// flagError words cobra's complaint about a flag in both languages.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	hint := engine.Both("xem %s --help", "see %s --help", cmd.CommandPath())
	return cannot(err, engine.Text{VI: "tùy chọn viết sai (" + err.Error() + ")", EN: err.Error()}, hint)
}

// wants builds the argument check of a verb.
func (a *app) wants(least, most int, what engine.Text) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return nil
		}
		return cannot(nil, engine.Both("lệnh %s cần %s", "%s wants %s", cmd.Name(), what.In(a.lang)),
			engine.Both("xem %s --help", "see %s --help", cmd.CommandPath()))
	}
}
