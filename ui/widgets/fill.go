package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// fillSource is all there is to a plain ground. Fyne's shader of a rectangle works
// out edges and shadows for every pixel of it, which takes three to four times as
// long where the processor draws: in a virtual machine, on a remote desktop.
const fillSource = `
uniform float red;
uniform float green;
uniform float blue;
uniform float alpha;

void main() {
	gl_FragColor = vec4(red, green, blue, alpha);
}
`

// Fill is a plain ground for large areas. It does not change its colour. Where there
// is no display, whose shaders could draw it, it is a rectangle.
func Fill(c color.Color) fyne.CanvasObject {
	a := fyne.CurrentApp()
	if a == nil {
		return canvas.NewRectangle(c)
	}
	if _, display := a.Driver().(desktop.Driver); !display {
		return canvas.NewRectangle(c)
	}
	s := canvas.NewShader("consentry-fill", []byte("#version 110\n"+fillSource), []byte("#version 100\nprecision mediump float;\n"+fillSource))
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	s.Uniforms = map[string]float32{"red": float32(n.R) / 255, "green": float32(n.G) / 255, "blue": float32(n.B) / 255, "alpha": float32(n.A) / 255}
	return container.NewClip(s) // a shader is given a pixel more at each side
}
