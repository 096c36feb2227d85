// A program for GOOS=js. Its first argument says what it does.
package main

import (
	"os"
	"runtime"
	"syscall/js"
	"time"
)

func main() {
	switch os.Args[1] {
	case "hello":
		os.Stdout.WriteString("hello, " + os.Getenv("NAME") + "\n")
		println("and goodbye")
	case "exit":
		os.Exit(3)
	case "panic":
		panic("no more")
	case "call":
		call()
	case "serve":
		serve()
	case "sleep":
		sleep()
	case "spin":
		for {
		}
	}
}

// Calls functions of the host.
func call() {
	global := js.Global()
	if global.Call("add", 2, 3.5).Float() != 5.5 {
		panic("add")
	}
	if text := global.Get("upper").Invoke("grün").String(); text != "GRÜN" {
		panic(text)
	}
	bytes := js.Global().Get("Uint8Array").New(3)
	if js.CopyBytesToJS(bytes, []byte{1, 2, 3}) != 3 {
		panic("bytes to the host")
	}
	back := make([]byte, 8)
	if js.CopyBytesToGo(back, global.Call("reverse", bytes)) != 3 || back[0] != 3 {
		panic("bytes from the host")
	}
	list := global.Get("Array").New()
	list.SetIndex(0, "zero")
	list.SetIndex(1, map[string]any{"one": 1})
	if list.Length() != 2 || list.Index(1).Get("one").Int() != 1 || !list.InstanceOf(global.Get("Array")) {
		panic("list")
	}
	list.Index(1).Delete("one")
	if !list.Index(1).Get("one").IsUndefined() || !list.Index(2).IsUndefined() {
		panic("undefined")
	}
	defer func() {
		failure := recover().(js.Error)
		os.Stdout.WriteString(failure.Error() + "\n")
	}()
	global.Call("fail", "for a reason")
}

// Gives the host functions to call, and waits until the host has no more calls.
func serve() {
	done := make(chan int)
	global := js.Global()
	global.Set("double", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		return arguments[0].Int() * 2
	}))
	global.Set("depth", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		return depth(arguments[0].Int())
	}))
	global.Set("countdown", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		from := arguments[0].Int()
		if from == 0 {
			return "zero"
		}
		return global.Call("again", from-1).String() + "!"
	}))
	global.Set("exit", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		os.Exit(arguments[0].Int())
		return nil
	}))
	global.Set("later", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		text := arguments[0].String()
		go func() {
			time.Sleep(5 * time.Millisecond)
			global.Call("print", text)
		}()
		return nil
	}))
	global.Set("collect", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		runtime.GC()
		return nil
	}))
	global.Set("end", js.FuncOf(func(this js.Value, arguments []js.Value) any {
		close(done)
		return nil
	}))
	<-done
	os.Stdout.WriteString("served\n")
}

// Needs a larger stack, to which the runtime moves it.
func depth(count int) int {
	var frame [128]int
	frame[count%128] = count
	if count == 0 {
		return 0
	}
	return depth(count-1) + frame[count%128]/count
}

func sleep() {
	start := time.Now()
	timer := time.AfterFunc(time.Hour, func() { panic("an hour") })
	time.Sleep(20 * time.Millisecond)
	timer.Stop()
	if time.Since(start) < 20*time.Millisecond {
		panic("too early")
	}
	os.Stdout.WriteString(start.UTC().Format(time.RFC3339) + "\n")
}
