package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/store"
)

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   a.say("phiên bản của saban, của engine và của tệp diễn tập", "versions of saban, of the engine and of the drill file"),
		Example: "  saban version",
		Args:    a.wants(0, 0, engine.Both("không tham số nào", "no arguments")),
		RunE: func(*cobra.Command, []string) error {
			v := map[string]any{"version": buildVersion(), "engine": engine.Version, "drill_format": store.Format,
				"go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH}
			if a.json {
				return a.printJSON(v)
			}
			a.println("saban " + buildVersion())
			a.println(a.say("engine %s, tệp diễn tập định dạng %d, %s %s", "engine %s, drill file format %d, %s %s",
				engine.Version, store.Format, runtime.Version(), v["platform"]))
			return nil
		},
	}
}

// buildVersion is the module's version, or the commit it was built from.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && info.Main.Version == "(devel)" {
			return s.Value[:12]
		}
	}
	if info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

func (a *app) completionCmd(root *cobra.Command) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     a.say("mã gợi ý lệnh cho shell", "completion code for a shell"),
		Example:   "  source <(saban completion bash)",
		ValidArgs: shells,
		Args:      a.wants(1, 1, engine.Both("tên một shell: bash, zsh, fish, powershell", "a shell: bash, zsh, fish, powershell")),
		RunE: func(_ *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			hint := engine.Both("dùng bash, zsh, fish hoặc powershell", "use bash, zsh, fish or powershell")
			if near := engine.Closest(args[0], shells); near != "" {
				hint = engine.Both("có phải là %s?", "did you mean %s?", near)
			}
			return cannot(nil, engine.Both("không có shell %q", "there is no shell %q", args[0]), hint)
		},
	}
}
