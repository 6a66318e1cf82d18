using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Reporting;

public sealed class ReportTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private string Door => portal.World.Acorn.Door;

    [Fact]
    public async Task Three_screens_make_a_ticket_whose_chips_are_facts_with_their_sources()
    {
        using var browser = await EveAsync();
        var effect = await DescribeAsync(browser, "The printer by the door prints empty pages");
        var confirm = await AnswerAsync(browser, effect);
        var page = await browser.PageAsync(confirm);
        Assert.Contains("LT-acorn-01", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var sent = await browser.SendAsync(confirm, page.Fill("", ("Answers[app]", "?"), ("Answers[os]", "macOS"), ("Answers[sensitivity]", "Personal")));

        var ticket = await TicketAsync(sent);
        Assert.Equal("The printer by the door prints empty pages", ticket.Subject);
        Assert.Equal((Impact.Team, Urgency.Slowed, Sensitivity.Personal), (ticket.Impact, ticket.Urgency, ticket.Sensitivity));
        Assert.Equal(portal.World.Acorn.Laptop.Id, ticket.DeviceId);
        Assert.Equal(FactSource.AssetRecord, ticket.Facts.Single(f => f.Field == EnvironmentField.Device).Source);
        Assert.Equal(FactSource.DoesNotKnow, ticket.Facts.Single(f => f.Field == EnvironmentField.App).Source);
        Assert.Equal(("macOS", FactSource.Asked), ticket.Facts.Where(f => f.Field == EnvironmentField.Os).Select(f => (f.Value, f.Source)).Single());
    }

    [Fact]
    public async Task What_was_read_names_its_message_and_each_field_who_filled_it()
    {
        using var browser = await EveAsync();
        var confirm = await AnswerAsync(browser, await DescribeAsync(browser, "LT-acorn-01 stops with error 0x80070005"));
        var page = await browser.PageAsync(confirm);
        using var sent = await browser.SendAsync(confirm, page.Fill("", ("Answers[os]", "?"), ("Answers[sensitivity]", "Personal")));
        var ticket = await TicketAsync(sent);
        var read = ticket.Facts.Where(f => f.Source == FactSource.Extracted).ToList();
        Assert.Contains(read, f => f.Field == EnvironmentField.Device);
        Assert.Contains(read, f => f.Field == EnvironmentField.Codes);
        Assert.All(read, f => Assert.Equal(ticket.Messages.Single().Id, f.MessageId));
        // what she does not know, the asset record does
        Assert.Equal(FactSource.AssetRecord, ticket.Facts.Single(f => f.Field == EnvironmentField.Os).Source);
        var filled = ticket.Events.Where(e => e.Kind == TicketEventKind.FactRecorded).ToDictionary(e => e.ActorName, e => e.Detail);
        Assert.Equal("Extracted", filled["reader"]["Codes"]);
        Assert.Equal("AssetRecord", filled["asset record"]["Os"]);
        Assert.Equal("Asked", filled[portal.World.Acorn.Employee.Name]["Affected"]);
        Assert.DoesNotContain("Codes", filled[portal.World.Acorn.Employee.Name]);
    }

    [Fact]
    public async Task Sending_the_last_screen_twice_makes_one_ticket()
    {
        using var browser = await EveAsync();
        var confirm = await AnswerAsync(browser, await DescribeAsync(browser, "The scanner shows a blue light"));
        var page = await browser.PageAsync(confirm);
        var answers = await Task.WhenAll(browser.SendAsync(confirm, page.Fill("")), browser.SendAsync(confirm, page.Fill("")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(1, await CountAsync("The scanner shows a blue light"));
        using var again = await browser.SendAsync(confirm, page.Fill(""));
        Assert.Contains("/requests/", $"{again.Headers.Location}", StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("The scanner shows a blue light"));
    }

    [Fact]
    public async Task A_closed_browser_loses_nothing_and_the_first_page_offers_to_go_on()
    {
        using (var first = await EveAsync()) await DescribeAsync(first, "My headset is silent since noon");
        using var second = await EveAsync();
        var home = await second.PageAsync(Door);
        var link = home.QuerySelectorAll("main a").Single(a => a.GetAttribute("href")!.Contains("/report?draft=", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Equal("My headset is silent since noon", (await second.PageAsync(link)).QuerySelector("#text")!.TextContent);

        using var mara = await portal.AsAsync(portal.World.Acorn.Manager);
        using var foreign = await mara.GetAsync(new Uri(link, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task A_text_over_the_limit_comes_back_whole_with_a_sentence()
    {
        using var browser = await EveAsync();
        var text = new string('x', 20_001);
        var page = await browser.PageAsync($"{Door}/report");
        using var answer = await browser.SendAsync($"{Door}/report", page.Fill("/report", ("Text", text), ("Error", "0x80070005")));
        var refused = Forms.Read(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("20001 characters, the limit is 20000", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, refused.QuerySelector("#text")!.TextContent);
        Assert.Equal("0x80070005", refused.QuerySelector("#error")!.TextContent);
    }

    [Fact]
    public async Task A_photo_over_the_limit_is_refused_and_the_text_is_kept()
    {
        using var browser = await EveAsync();
        var page = await browser.PageAsync($"{Door}/report");
        var form = page.Fill("/report", ("Text", "The screen flickers"));
        var photo = new byte[31 * 1024 * 1024];
        (photo[0], photo[1], photo[2]) = (0xFF, 0xD8, 0xFF);
        form.Add(new ByteArrayContent(photo), "Photos", "screen.jpg");
        using var answer = await browser.SendAsync($"{Door}/report", form);
        var refused = Forms.Read(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("The photo is 31 MB, the limit is 25. Your text is saved.", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The screen flickers", refused.QuerySelector("#text")!.TextContent);
    }

    [Fact]
    public async Task What_looks_urgent_is_sent_at_once_and_asks_the_rest()
    {
        await Desk.FurnishAsync(portal);
        using var browser = await EveAsync();
        var page = await browser.PageAsync($"{Door}/report");
        using var answer = await browser.SendAsync($"{Door}/report", page.Fill("/report", ("Text", "The tills are down, nobody can pay")));
        Assert.EndsWith("/complete", $"{answer.Headers.Location}", StringComparison.Ordinal);
        var complete = await browser.PageAsync($"{answer.Headers.Location}");
        Assert.Contains("A person has been told", complete.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var done = await browser.SendAsync($"{answer.Headers.Location}", complete.Fill("/complete", ("Impact", "Site"), ("Urgency", "Stopped"), ("System", "Point of sale"), ("Sensitivity", "None")));
        Assert.True((await TicketAsync(done)).GateComplete);
    }

    [Fact]
    public async Task What_was_chosen_on_the_last_screen_is_still_chosen_after_going_back_and_in_another_browser()
    {
        using var browser = await EveAsync();
        var effect = await DescribeAsync(browser, "The webcam picture is upside down");
        var confirm = await AnswerAsync(browser, effect);
        var page = await browser.PageAsync(confirm);
        using var back = await browser.SendAsync($"{confirm}?handler=Effect", page.Fill("", ("Answers[os]", "macOS"), ("Answers[app]", "?")));
        Assert.Equal(effect, $"{back.Headers.Location}");
        using var text = await browser.SendAsync($"{confirm}?handler=Text", (await browser.PageAsync(confirm)).Fill("", ("Answers[sensitivity]", "Personal")));
        Assert.Equal("The webcam picture is upside down", (await browser.PageAsync($"{text.Headers.Location}")).QuerySelector("#text")!.TextContent);

        using var other = await EveAsync();
        var again = await other.PageAsync(confirm);
        Assert.Equal(["macOS", "?", "Personal"], new[] { "os", "app", "sensitivity" }.Select(chip => again.QuerySelector($"#{chip} option[selected]")!.GetAttribute("value")));
        using var sent = await other.SendAsync(confirm, again.Fill(""));
        Assert.Equal(("macOS", FactSource.Asked), (await TicketAsync(sent)).Facts.Where(f => f.Field == EnvironmentField.Os).Select(f => (f.Value, f.Source)).Single());
    }

    [Fact]
    public async Task A_refused_file_on_the_last_screen_takes_no_choice_away()
    {
        using var browser = await EveAsync();
        var confirm = await AnswerAsync(browser, await DescribeAsync(browser, "The keyboard types double letters"));
        var form = (await browser.PageAsync(confirm)).Fill("", ("Answers[os]", "macOS"));
        form.Add(new ByteArrayContent([0x4D, 0x5A, 0x90, 0x00]), "Photos", "tool.exe");
        using (var refused = await browser.SendAsync(confirm, form)) Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal("macOS", (await browser.PageAsync(confirm)).QuerySelector("#os option[selected]")!.GetAttribute("value"));
    }

    private Task<HttpClient> EveAsync() => portal.AsAsync(portal.World.Acorn.Employee);

    private async Task<string> DescribeAsync(HttpClient browser, string text)
    {
        var page = await browser.PageAsync(Door);
        using var answer = await browser.SendAsync($"{Door}/report", page.Fill("/report", ("Text", text)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return $"{answer.Headers.Location}";
    }

    private static async Task<string> AnswerAsync(HttpClient browser, string effect)
    {
        using var answer = await browser.SendAsync(effect, (await browser.PageAsync(effect)).Fill("", ("Impact", "Team"), ("Urgency", "Slowed")));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return $"{answer.Headers.Location}";
    }

    private async Task<Ticket> TicketAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var number = int.Parse($"{answer.Headers.Location}".Split('?')[0].Split('/').Last(p => p.Length > 0 && p.All(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
        return await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking().Include(t => t.Facts).Include(t => t.Messages).Include(t => t.Events).AsSplitQuery().SingleAsync(t => t.Number == number, Cancel));
    }

    private Task<int> CountAsync(string subject) => portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.CountAsync(t => t.Subject == subject, Cancel));
}
