namespace TenantPortal.Domain.People;

/// <summary>A client's colour as chosen, and as links and buttons wear it: the same hue, darkened or lightened by the least amount that is readable
/// (4.5:1, WCAG 2.2 criterion 1.4.3) on every ground a theme may have.</summary>
public sealed record AccentColour(Rgb Chosen, Rgb OnLight, Rgb OnDark)
{
    public const double Readable = 4.5;
    /// <summary>No light ground of a theme is darker than this luminance, and no dark ground lighter than that one.</summary>
    public const double DarkestLightGround = 0.80, LightestDarkGround = 0.035;
    private const int Steps = 200;

    public bool IsCorrectedOnLight => OnLight != Chosen;
    public bool IsCorrectedOnDark => OnDark != Chosen;

    public static AccentColour? Read(string? text) => Rgb.Read(text) is { } chosen ? Of(chosen) : null;

    public static AccentColour Of(Rgb chosen) => new(chosen, Correct(chosen, 0, DarkestLightGround), Correct(chosen, 1, LightestDarkGround));

    private static Rgb Correct(Rgb chosen, double extreme, double ground)
    {
        if (IsReadable(chosen, ground)) return chosen;
        for (var step = 1; step < Steps; step++)
            if (chosen.WithLightness(chosen.Lightness + (extreme - chosen.Lightness) * step / Steps) is var moved && IsReadable(moved, ground)) return moved;
        return chosen.WithLightness(extreme);
    }

    // darker than light grounds and lighter than dark ones, which also leaves contrast for the text on a button
    private static bool IsReadable(Rgb colour, double ground) => Rgb.Contrast(colour.Luminance, ground) >= Readable && colour.Luminance < ground == ground > 0.5;
}
