package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"saban/engine"
	"saban/scenarios"
)

// main runs one command line and returns the exit code.
func (a *app) main(args []string) int {
	a.lang = languageOf(args, a.env)
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	defer func() { a.compiled = nil }() // cobra keeps what completes a flag, and through it a, for good
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
	lang := a.commonFlags(root.PersistentFlags())
	_ = root.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"vi", "en"}, cobra.ShellCompDirectiveNoFileComp))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if *lang != string(engine.VI) && *lang != string(engine.EN) {
			return cannot(nil, engine.Both("không có ngôn ngữ %q", "there is no language %q", *lang), engine.Both("dùng vi hoặc en", "use vi or en"))
		}
		return nil
	}
	root.AddCommand(a.listCmd(), a.showCmd(), a.checkCmd(), a.explainCmd(), a.runCmd(), a.serveCmd(), a.testCmd(), a.scoreCmd(), a.whyCmd(), a.whatifCmd(), a.compareCmd(), a.reportCmd(), a.packCmd(), a.enterCmd(), a.handbookCmd(),
		a.graphCmd(), a.newCmd(), a.diffCmd(), a.fmtCmd(), a.schemaCmd(), a.sealCmd(), a.verifyCmd(), a.backupCmd(), a.restoreCmd(), a.forgetCmd(), a.doctorCmd(), a.versionCmd(), a.completionCmd(root))
	root.SetHelpCommand(a.helpCmd(root))
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { a.help(cmd) })
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return a.flagError(cmd, err) })
	a.helpFlags(root)
	return root
}

// commonFlags are those of every verb; it returns the language asked for.
func (a *app) commonFlags(flags *pflag.FlagSet) *string {
	asked := a.env("SABAN_LANG")
	if asked == "" {
		asked = string(engine.VI)
	}
	lang := flags.String("lang", asked, a.say("`mã` ngôn ngữ: vi (mặc định) hoặc en; hoặc đặt biến SABAN_LANG", "language `code`: vi (the default) or en; or set SABAN_LANG"))
	flags.BoolVar(&a.json, "json", false, a.say("in kết quả dạng JSON", "print results as JSON"))
	flags.BoolVar(&a.noColor, "no-color", false, a.say("không dùng màu", "no colour"))
	return lang
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

// flagError words what is wrong with a flag in the user's language.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	hint := engine.Both("xem %s --help", "see %s --help", cmd.CommandPath())
	text := engine.Text{VI: "tùy chọn viết sai: " + err.Error(), EN: err.Error()}
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if near := closestFlag(cmd, name); near != "" {
			hint = engine.Both("có phải là --%s?", "did you mean --%s?", near)
		}
		if unknown.GetSpecifiedShortnames() == "" {
			name = "-" + name
		}
		text = engine.Both("lệnh %s không có tùy chọn -%s", "%s has no flag -%s", cmd.Name(), name)
	case errors.As(err, &bare):
		text = engine.Both("tùy chọn --%s cần một giá trị", "--%s wants a value", bare.GetFlag().Name)
	case errors.As(err, &invalid):
		text = engine.Both("tùy chọn --%s không nhận %q", "--%s does not take %q", invalid.GetFlag().Name, invalid.GetValue())
	}
	return cannot(err, text, hint)
}

func closestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return engine.Closest(name, names)
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

// wantsNothing is the argument check of a verb that has none.
func (a *app) wantsNothing(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return cannot(nil, engine.Both("lệnh %s đứng một mình, không nhận %q", "%s stands alone and does not take %q", cmd.Name(), args[0]),
		engine.Both("xem %s --help", "see %s --help", cmd.CommandPath()))
}

// shippedIDs completes the id of a scenario; the shell completes files.
func shippedIDs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return scenarios.Shipped(), cobra.ShellCompDirectiveDefault
}
