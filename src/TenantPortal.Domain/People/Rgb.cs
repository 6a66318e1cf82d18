using System.Globalization;
using System.Runtime.InteropServices;

namespace TenantPortal.Domain.People;

/// <summary>A colour of sRGB, eight bits a channel.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.2, definition "relative luminance".</summary>
    public double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    /// <summary>#RRGGBB or RRGGBB, in either case; anything else is none.</summary>
    public static Rgb? Read(string? text)
    {
        var hex = text?.Trim().TrimStart('#');
        return hex is { Length: 6 } && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value) : null;
    }

    /// <summary>Contrast ratio, 1 to 21. Source: WCAG 2.2, definition "contrast ratio".</summary>
    public double ContrastWith(Rgb other) => Contrast(Luminance, other.Luminance);

    public static double Contrast(double luminance, double other) => (Math.Max(luminance, other) + 0.05) / (Math.Min(luminance, other) + 0.05);

    /// <summary>This colour with a share of another, 0 to 1, channel by channel.</summary>
    public Rgb MixedWith(Rgb other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * share);
}
