namespace TenantPortal.Domain.People;

/// <summary>A client's colour as chosen, and as links and buttons wear it: mixed with black or white by the least amount that is readable
/// (4.5:1, WCAG 2.2 criterion 1.4.3) on every ground a theme may have.</summary>
public sealed record AccentColour(Rgb Chosen, Rgb OnLight, Rgb OnDark)
{
    public const double Readable = 4.5;
    /// <summary>No light ground of a theme is darker than this luminance, and no dark ground lighter than that one.</summary>
    public const double DarkestLightGround = 0.80, LightestDarkGround = 0.035;
    private const int Steps = 200;
    private static readonly Rgb Black = new(0, 0, 0), White = new(255, 255, 255);

    public bool IsCorrectedOnLight => OnLight != Chosen;
    public bool IsCorrectedOnDark => OnDark != Chosen;

    public static AccentColour? Read(string? text) => Rgb.Read(text) is { } chosen ? Of(chosen) : null;

    public static AccentColour Of(Rgb chosen) => new(chosen, Correct(chosen, Black, DarkestLightGround), Correct(chosen, White, LightestDarkGround));

    private static Rgb Correct(Rgb colour, Rgb towards, double ground)
    {
        for (var step = 0; step <= Steps; step++)
            if (colour.MixedWith(towards, (double)step / Steps) is var mixed && Rgb.Contrast(mixed.Luminance, ground) >= Readable && IsOnRightSide(mixed, ground)) return mixed;
        return towards;
    }

    // a pale colour on a dark button would also have contrast with a light ground of 0.8, were it darker; the side keeps text on buttons readable
    private static bool IsOnRightSide(Rgb colour, double ground) => ground > 0.5 ? colour.Luminance < ground : colour.Luminance > ground;
}
