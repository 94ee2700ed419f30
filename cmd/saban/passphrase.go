package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"saban/engine"
	"saban/server"
)

// passphrase asks for a passphrase without showing it, twice when it is new,
// or reads it from a file.
func (a *app) passphrase(file string, fresh bool) (string, error) {
	var secret string
	var err error
	switch {
	case file != "":
		secret, err = a.firstLine(file)
	case !isTerminal(a.in):
		return "", cannot(nil, engine.Both("không có bàn phím để hỏi mật khẩu", "there is no terminal to ask for the passphrase"),
			engine.Both("đưa vào bằng --passphrase-file TỆP, hoặc - để đọc đầu vào", "give it with --passphrase-file FILE, or - to read the input"))
	default:
		secret, err = a.ask(a.say("Mật khẩu của khóa: ", "Passphrase of the key: "))
		if err == nil && fresh {
			var again string
			if again, err = a.ask(a.say("Nhập lại: ", "Again: ")); err == nil && again != secret {
				return "", cannot(nil, engine.Both("hai lần nhập khác nhau", "the two differ"), engine.Both("thử lại", "try again"))
			}
		}
	}
	if err != nil {
		return "", err
	}
	if fault := server.PassphraseFault(secret); fresh && !fault.Empty() {
		return "", cannot(nil, engine.Fill("mật khẩu không dùng được: %s", "the passphrase will not do: %s", fault), engine.Text{})
	}
	return secret, nil
}

func (a *app) ask(prompt string) (string, error) {
	in, ok := a.in.(*os.File)
	if !ok {
		return "", io.ErrUnexpectedEOF
	}
	if _, err := io.WriteString(a.err, prompt); err != nil {
		return "", err
	}
	secret, err := term.ReadPassword(int(in.Fd()))
	_, _ = io.WriteString(a.err, "\n")
	return string(secret), err
}

func (a *app) firstLine(name string) (string, error) {
	in := a.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", a.unreadable(name, err)
		}
		defer f.Close()
		in = f
	}
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", a.unreadable(name, err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
