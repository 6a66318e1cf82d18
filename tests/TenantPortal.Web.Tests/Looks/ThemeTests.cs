using System.Text.RegularExpressions;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Tests.Looks;

/// <summary>Holds every theme in the themes folder to WCAG AA, in both schemes, from the values its tokens.css writes.</summary>
public sealed partial class ThemeTests
{
    public static TheoryData<string> Themes => [.. Directory.GetDirectories(Path.Combine(Server.Folder, "themes")).Select(f => Path.GetFileName(f)!)];

    [Theory, MemberData(nameof(Themes))]
    public void Text_is_readable_on_every_ground(string theme)
    {
        foreach (var (scheme, colours) in Schemes(theme))
            foreach (var ground in new[] { "background", "surface", "quiet", "note" })
                foreach (var ink in ground == "note" ? ["ink", "accent"] : new[] { "ink", "ink-second", "accent", "late", "warn", "ok" })
                    AssertContrast(colours, ink, ground, 4.5, scheme);
    }

    [Theory, MemberData(nameof(Themes))]
    public void Controls_and_button_texts_stand_out(string theme)
    {
        foreach (var (scheme, colours) in Schemes(theme))
        {
            foreach (var ground in new[] { "background", "surface", "quiet" }) AssertContrast(colours, "line-control", ground, 3, scheme);
            AssertContrast(colours, "on-accent", "accent", 4.5, scheme);
        }
    }

    [Theory, MemberData(nameof(Themes))]
    public void Grounds_stay_within_what_clients_colours_are_corrected_for(string theme)
    {
        var schemes = Schemes(theme);
        foreach (var ground in new[] { "background", "surface", "quiet", "note" })
        {
            Assert.True(schemes["light"][ground].Luminance >= AccentColour.DarkestLightGround, $"{theme}: the light {ground} is darker than clients' colours are corrected for");
            Assert.True(schemes["dark"][ground].Luminance <= AccentColour.LightestDarkGround, $"{theme}: the dark {ground} is lighter than clients' colours are corrected for");
        }
    }

    [Fact]
    public void Every_theme_defines_the_same_tokens()
    {
        var expected = Names("default");
        Assert.True(expected.Count > 25);
        Assert.All(Themes, theme => Assert.Equal(expected, Names(theme.Data)));
    }

    [Fact]
    public void The_default_theme_has_the_agreed_colours()
    {
        var schemes = Schemes("default");
        Assert.Equal(("#F7F6F3", "#FFFFFF", "#1C1B1A", "#1F5FBF"), (Of("light", "background"), Of("light", "surface"), Of("light", "ink"), Of("light", "accent")));
        Assert.Equal(("#151618", "#1D1F22", "#ECEAE6", "#8AB4F8"), (Of("dark", "background"), Of("dark", "surface"), Of("dark", "ink"), Of("dark", "accent")));
        string Of(string scheme, string token) => schemes[scheme][token].ToString();
    }

    private static void AssertContrast(Dictionary<string, Rgb> colours, string ink, string ground, double least, string scheme)
    {
        var ratio = colours[ink].ContrastWith(colours[ground]);
        Assert.True(ratio >= least, $"{scheme}: {ink} {colours[ink]} on {ground} {colours[ground]} has {ratio:0.00}, wanted {least}");
    }

    private static Dictionary<string, Dictionary<string, Rgb>> Schemes(string theme) => new(StringComparer.Ordinal)
    {
        ["light"] = Pair().Matches(Tokens(theme)).ToDictionary(m => m.Groups["name"].Value, m => Rgb.Read(m.Groups["light"].Value)!.Value),
        ["dark"] = Pair().Matches(Tokens(theme)).ToDictionary(m => m.Groups["name"].Value, m => Rgb.Read(m.Groups["dark"].Value)!.Value),
    };

    private static List<string> Names(string theme) => [.. Name().Matches(Tokens(theme)).Select(m => m.Value)];

    private static string Tokens(string theme) => File.ReadAllText(Path.Combine(Server.Folder, "themes", theme, "tokens.css"));

    [GeneratedRegex(@"--(?<name>[\w-]+): light-dark\((?<light>#\w{6}), (?<dark>#\w{6})\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"--[\w-]+(?=:)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
