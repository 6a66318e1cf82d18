using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class WordTests
{
    private static readonly Synonyms Glossary = Synonyms.Of(
    [
        ["wifi", "wi-fi", "WLAN", "wireless network"],
        ["login", "log in", "logon", "sign in"],
        ["O365", "Office 365", "M365", "Microsoft 365"],
        ["MFA", "2FA", "two factor"],
    ]);

    private static readonly SearchSnapshot Guides = With(Glossary, Among(
        Guide("wifi", "Join the Wi-Fi", "Choose the office network."),
        Guide("login", "Cannot sign in to the till", "Ask for a new card."),
        Guide("office", "Licences of Microsoft 365", "Ask the lead."),
        Guide("mfa", "Set up two factor codes", "Use the app.")));

    [Theory]
    [InlineData("wifi", "wifi")]
    [InlineData("wi-fi", "wifi")]
    [InlineData("wi fi", "wifi")]
    [InlineData("WLAN", "wifi")]
    [InlineData("login", "login")]
    [InlineData("log in", "login")]
    [InlineData("logon", "login")]
    [InlineData("sign in", "login")]
    [InlineData("sign-in", "login")]
    [InlineData("can't log in", "login")]
    [InlineData("O365", "office")]
    [InlineData("Office 365", "office")]
    [InlineData("M365", "office")]
    [InlineData("MFA", "mfa")]
    [InlineData("2FA", "mfa")]
    [InlineData("two factor", "mfa")]
    public void Words_of_one_meaning_find_the_same_guide(string query, string id) => Assert.Equal(id, Guides.Search(query).First());

    [Fact]
    public void Synonyms_hold_where_they_were_set_and_nowhere_else()
    {
        var guide = Guide("wifi", "Join the wireless network");
        Assert.Equal("wifi", With(Glossary, Among(guide)).Search("WLAN").First());
        Assert.Empty(Of(Among(guide)).Search("WLAN").Hits);
    }

    [Fact]
    public void Singular_and_plural_agree_and_the_verb_comes_lower()
    {
        var guides = Of(Among(Guide("printer", "The printer is offline"), Guide("plural", "All printers of the hall")));
        Assert.Equal(guides.Search("printer").Ids().Order(), guides.Search("printers").Ids().Order());
        var verb = guides.Search("printing");
        Assert.Equal(2, verb.Hits.Count);
        Assert.True(verb.Hits[0].Score < guides.Search("printer").Hits[^1].Score);
    }

    [Theory]
    [InlineData("contact IT", "it")]
    [InlineData("IT", "it")]
    [InlineData("the who", "band")]
    public void A_query_of_everyday_words_is_still_a_query(string query, string id)
    {
        var guides = Of(Among(Guide("it", "How to contact IT", "Call the desk."), Guide("band", "Music of The Who", "On the stage."), Guide("a-other", "It breaks", "If it breaks, wait for it to restart.")));
        Assert.Equal(id, guides.Search(query).First());
    }

    [Theory]
    [InlineData("cannot print")]
    [InlineData("can't print")]
    [InlineData("can not print")]
    [InlineData("can’t print")]
    public void A_negation_in_any_spelling_prefers_the_title_with_it(string query)
    {
        var guides = Of(Among(Guide("a-can", "Who can print in colour", "Everyone."), Guide("b-cannot", "Cannot print at all", "Restart the queue.")));
        Assert.Equal("b-cannot", guides.Search(query).First());
        Assert.Equal(guides.Search("cannot print").Ids(), guides.Search(query).Ids());
    }

    [Theory]
    [InlineData("Müller", "umlaut")]
    [InlineData("muller", "plain")]
    [InlineData("résumé", "accent")]
    [InlineData("resume", "bare")]
    public void Accents_do_not_matter_and_the_exact_spelling_leads(string query, string first)
    {
        var guides = Of(Among(Guide("umlaut", "Call Müller"), Guide("plain", "Call Muller"), Guide("accent", "Send a résumé"), Guide("bare", "Send a resume")));
        var answer = guides.Search(query);
        Assert.Equal(first, answer.First());
        Assert.Equal(2, answer.Hits.Count);
    }

    [Fact]
    public void An_umlaut_written_with_e_is_found() => Assert.Equal("umlaut", Of(Among(Guide("umlaut", "Call Müller"))).Search("Mueller").First());

    [Fact]
    public void A_part_of_a_German_compound_finds_it() =>
        Assert.Equal("netz", Of(Among(Guide("netz", "Netzwerkdruckerverbindung einrichten"))).Search("Drucker").First());

    [Fact]
    public void A_compound_finds_its_parts() => Assert.Equal("druck", Of(Among(Guide("druck", "Drucker im Netzwerk"))).Search("Netzwerkdrucker").First());
}
