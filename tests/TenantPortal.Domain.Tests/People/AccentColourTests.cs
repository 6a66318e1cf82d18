using TenantPortal.Domain.People;
using Xunit;

namespace TenantPortal.Domain.Tests.People;

public sealed class AccentColourTests
{
    [Theory]
    [InlineData("#000000", "#FFFFFF", 21.0)]
    [InlineData("#FFFFFF", "#FFFFFF", 1.0)]
    [InlineData("#777777", "#FFFFFF", 4.48)]   // the grey that just fails, in WCAG's own discussion of 4.5:1
    [InlineData("#767676", "#FFFFFF", 4.54)]
    [InlineData("#FF0000", "#FFFFFF", 4.00)]
    [InlineData("#0000FF", "#FFFFFF", 8.59)]
    [InlineData("#1F5FBF", "#FFFFFF", 6.09)]
    [InlineData("#8AB4F8", "#1D1F22", 7.84)]
    public void Contrast_follows_the_formula_of_WCAG(string one, string other, double ratio)
    {
        Assert.Equal(ratio, Colour(one).ContrastWith(Colour(other)), 0.005);
        Assert.Equal(Colour(one).ContrastWith(Colour(other)), Colour(other).ContrastWith(Colour(one)));
    }

    [Fact]
    public void Every_colour_becomes_readable_on_every_ground_and_keeps_room_for_text_on_buttons()
    {
        // a grid over all colours: 18 values a channel, both ends among them
        for (var red = 0; red <= 255; red += 15)
            for (var green = 0; green <= 255; green += 15)
                for (var blue = 0; blue <= 255; blue += 15)
                {
                    var accent = AccentColour.Of(new((byte)red, (byte)green, (byte)blue));
                    Assert.True(Rgb.Contrast(accent.OnLight.Luminance, 0.80) >= 4.5, $"{accent} on light");
                    Assert.True(Rgb.Contrast(accent.OnDark.Luminance, 0.035) >= 4.5, $"{accent} on dark");
                    Assert.True(accent.OnLight.ContrastWith(Colour("#FFFFFF")) >= 4.5, $"white on {accent}");
                    Assert.True(accent.OnDark.ContrastWith(Colour("#151618")) >= 4.5, $"ink on {accent}");
                }
    }

    [Fact]
    public void A_readable_colour_is_left_alone()
    {
        var accent = AccentColour.Read("#1f5fbf")!;
        Assert.Equal("#1F5FBF", accent.OnLight.ToString());
        Assert.False(accent.IsCorrectedOnLight);
        Assert.True(accent.IsCorrectedOnDark);
    }

    [Fact]
    public void A_correction_keeps_the_hue()
    {
        var accent = AccentColour.Read("#FFEE00")!;
        Assert.Equal("#FFEE00", accent.Chosen.ToString());
        Assert.True(accent.OnLight is { Blue: 0 } light && light.Red > light.Green && light.Green > 80, $"{accent.OnLight} is no dark yellow");
        Assert.Equal("#FFEE00", accent.OnDark.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("blue")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#12345G")]
    [InlineData("+12345")]
    [InlineData("#FFF; } body { display: none")]
    public void Anything_but_six_digits_is_no_colour(string text) => Assert.Null(AccentColour.Read(text));

    private static Rgb Colour(string text) => Rgb.Read(text)!.Value;
}
