package wiring

import (
	"os"
	"slices"

	"github.com/godbus/dbus/v5"
)

// secrets is the name of a keyring on the session's bus.
const secrets = "org.freedesktop.secrets"

// HasKeyring reports whether the system has a keyring, without asking it for anything.
func HasKeyring() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return false // connecting would start a bus
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return false
	}
	defer bus.Close()
	for _, list := range []string{"ListNames", "ListActivatableNames"} {
		var names []string
		if err := bus.BusObject().Call("org.freedesktop.DBus."+list, 0).Store(&names); err == nil && slices.Contains(names, secrets) {
			return true
		}
	}
	return false
}
