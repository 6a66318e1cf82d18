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

    /// <summary>Lightness of HSL, 0 to 1. Source: CSS Color 4, section "HSL Colors".</summary>
    public double Lightness => (Math.Max(Red, Math.Max(Green, Blue)) + Math.Min(Red, Math.Min(Green, Blue))) / 510.0;

    /// <summary>The same hue and saturation at another lightness, 0 to 1.</summary>
    public Rgb WithLightness(double lightness)
    {
        var (middle, reach) = (Lightness * 255, Reach(Lightness));
        // each channel's place between the darkest and the brightest one is the hue, and how far they spread is the saturation
        var spread = reach == 0 ? 0 : Reach(lightness) / reach;
        return new(Move(Red), Move(Green), Move(Blue));
        byte Move(byte channel) => (byte)Math.Clamp(Math.Round(lightness * 255 + (channel - middle) * spread), 0, 255);
        static double Reach(double lightness) => 1 - Math.Abs(2 * lightness - 1);
    }

    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
