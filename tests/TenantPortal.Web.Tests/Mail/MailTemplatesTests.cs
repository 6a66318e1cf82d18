using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Mail;

namespace TenantPortal.Web.Tests.Mail;

public sealed partial class MailTemplatesTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["name"] = "Eve", ["company"] = "Acorn", ["msp"] = "Maple IT", ["phone"] = "020 7946 0000", ["accent"] = "#1F5FBF", ["link"] = "https://help.maple.example/c/acorn/requests/7?t=x", ["subject"] = "Till 2 <hangs>", ["number"] = "7",
        ["by"] = "by 14:30", ["engineer"] = "Priya", ["tried"] = "Restart the till", ["reply"] = "Please try again.\n<b>Now</b>", ["summary"] = "Replaced the cable", ["minutes"] = "15", ["person"] = "Eve Mill", ["code"] = "123456", ["until"] = "Monday 12 January", ["sentence"] = "Northwind, first reply due 14:30.", ["why"] = "Network lead, weekly rota", ["owner"] = "Priya Raman", ["touches"] = "12 people, 4 devices, Leith", ["next"] = "14:15: call network lead", ["rota"] = "Network lead", ["from"] = "Sunday 3:00",
    };

    private MailTemplates Templates => portal.Services.GetRequiredService<MailTemplates>();

    [Fact]
    public void Every_letter_is_complete_short_and_plain()
    {
        Assert.Equal(["assigned", "call", "identity-code", "invite", "password-reset", "question", "received", "reopened", "reply", "resolved", "rota-gap", "sign-in-link", "tried", "warning"], Templates.Names);
        Assert.All(Templates.Names, name =>
        {
            var mail = Templates.Write(name, Values);
            Assert.Contains(Values["link"], mail.Text, StringComparison.Ordinal);
            Assert.Single(ButtonAddress().Matches(mail.Html));
            Assert.Contains("020 7946 0000", mail.Text, StringComparison.Ordinal);
            Assert.InRange(Word().Count(mail.Text.Replace(Values["link"], "", StringComparison.Ordinal)), 10, 90);
            Assert.DoesNotMatch(Forbidden(), mail.Subject + mail.Text + mail.Html);
            Assert.DoesNotContain("!", mail.Subject + mail.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_value_is_text_in_the_html_part_and_lines_stay_lines()
    {
        var mail = Templates.Write("reply", Values);
        Assert.Contains("&lt;b&gt;Now&lt;/b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.Contains("again.<br>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<b>Now</b>", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_looks_like_a_placeholder_stays_as_it_is()
    {
        var mail = Templates.Write("reply", new Dictionary<string, string>(Values) { ["reply"] = "{{link}} <!-- content -->" });
        Assert.Contains("{{link}} <!-- content -->", mail.Text, StringComparison.Ordinal);
        Assert.Contains("{{link}} &lt;!-- content --&gt;", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_its_value_is_left_out() => Assert.DoesNotContain("Phone", Templates.Write("received", new Dictionary<string, string>(Values) { ["phone"] = "" }).Text, StringComparison.Ordinal);

    [Fact]
    public void A_missing_value_is_an_error_that_names_file_and_line()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Templates.Write("assigned", Values.Where(v => v.Key != "engineer").ToDictionary()));
        Assert.Contains("assigned.txt, line 1: there is no value named {{engineer}}", wrong.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(runbook|tenant|SLA|P1|escalate|verdict|deflect|incident)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();

    [GeneratedRegex("<a href=\"https://help.maple.example/c/acorn/requests/7\\?t=x\"")]
    private static partial Regex ButtonAddress();
}
