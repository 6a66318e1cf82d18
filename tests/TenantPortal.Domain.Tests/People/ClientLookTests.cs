using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using Xunit;

namespace TenantPortal.Domain.Tests.People;

public sealed class ClientLookTests
{
    private static readonly LookWishes Wishes = new("paper", "#0b6e8a", " 0123 456 ", "  ", "Good morning", null);

    [Fact]
    public void A_change_takes_the_wishes_and_makes_a_new_version()
    {
        var look = new ClientLook { TenantId = TenantId.New(), LogoSvg = "<svg/>" };
        Assert.Null(look.Change(Wishes, 1, null, removeLogo: false));
        Assert.Equal(("paper", "#0B6E8A", "0123 456", null, "Good morning", "<svg/>", 2), (look.Theme, look.Accent, look.Phone, look.Hours, look.Welcome, look.LogoSvg, look.Version));
    }

    [Fact]
    public void A_change_on_top_of_an_older_version_is_refused()
    {
        var look = new ClientLook { TenantId = TenantId.New() };
        look.Change(Wishes, 1, null, removeLogo: false);
        Assert.Contains("Someone else changed this look", look.Change(Wishes with { Accent = "#112233" }, 1, null, removeLogo: false)!.Sentence, StringComparison.Ordinal);
        Assert.Equal(("#0B6E8A", 2), (look.Accent, look.Version));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_with_both_lengths()
    {
        var look = new ClientLook { TenantId = TenantId.New() };
        var refusal = look.Change(Wishes with { Notice = new string('n', 501) }, 1, null, removeLogo: false);
        Assert.Equal("The notice has 501 characters, the limit is 500. Shorten it; nothing was saved yet and your text is still here.", refusal!.Sentence);
        Assert.Equal(1, look.Version);
    }

    [Fact]
    public void A_logo_can_be_replaced_and_removed()
    {
        var look = new ClientLook { TenantId = TenantId.New() };
        look.Change(Wishes, 1, "<svg>new</svg>", removeLogo: true);
        Assert.Equal("<svg>new</svg>", look.LogoSvg);
        look.Change(Wishes, 2, null, removeLogo: true);
        Assert.Null(look.LogoSvg);
    }
}
