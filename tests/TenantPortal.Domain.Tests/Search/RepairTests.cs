using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class RepairTests
{
    private static readonly SearchSnapshot Guides = Of(Among(
        Guide("outlook", "Outlook asks for the password", "Remove the stored password."),
        Guide("vpn", "VPN is not connecting", "Restart the client."),
        Guide("teams", "Teams shows a white window", "Clear the cache."),
        Guide("terms", "Terms of use", "Read the terms.")));

    [Fact]
    public void Two_mistyped_words_are_read_as_what_was_meant()
    {
        var answer = Guides.Search("outlok pasword");
        Assert.Equal("outlook", answer.First());
        Assert.Equal("outlook password", answer.Repaired);
        Assert.Equal([new Repair("outlok", "outlook"), new Repair("pasword", "password")], answer.Repairs);
    }

    [Fact]
    public void A_person_may_insist_on_their_spelling() => Assert.Empty(Guides.Search("outlok pasword", new SearchOptions { Repair = false }).Hits);

    [Fact]
    public void Swapped_letters_of_a_short_name_are_read() => Assert.Equal("vpn", Guides.Search("vnp not connecting").First());

    [Fact]
    public void A_word_that_exists_is_never_repaired()
    {
        var answer = Guides.Search("teams");
        Assert.Equal(["teams"], answer.Ids());
        Assert.Null(answer.Repaired);
    }

    [Fact]
    public void A_prefix_finds_what_is_being_typed()
    {
        Assert.Equal("outlook", Guides.Search("outl", new SearchOptions { Prefix = true }).First());
        Assert.Null(Guides.Search("outl", new SearchOptions { Prefix = true }).Repaired);
        Assert.Equal("outlook", Guides.Search("password outl", new SearchOptions { Prefix = true }).First());
    }

    [Fact]
    public void A_repair_says_so_in_the_explanation() =>
        Assert.Contains(Guides.Search("outlok").Hits[0].Explain(), reason => reason is { Kind: MatchKind.Repair, Word: "outlok", Met: "outlook", Field: SearchField.Title });
}
