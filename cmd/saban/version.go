package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/store"
)

// versions is what version prints as JSON.
type versions struct {
	Version     string `json:"version"`
	Engine      string `json:"engine"`
	DrillFormat int    `json:"drill_format"`
	Go          string `json:"go"`
	Platform    string `json:"platform"`
}

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   a.say("phiên bản của saban, của bộ máy và của tệp diễn tập", "versions of saban, of the engine and of the drill file"),
		Example: "  saban version",
		Args:    a.wantsNothing,
		RunE: func(*cobra.Command, []string) error {
			v := versions{buildVersion(), engine.Version, store.Format, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
			if a.json {
				return a.printJSON(v)
			}
			a.println("saban " + v.Version)
			a.println(a.say("bộ máy %s, tệp diễn tập định dạng %d, %s %s", "engine %s, drill file format %d, %s %s",
				v.Engine, v.DrillFormat, v.Go, v.Platform))
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
		Short:     a.say("mã gợi ý lệnh cho trình lệnh (shell)", "completion code for a shell"),
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
