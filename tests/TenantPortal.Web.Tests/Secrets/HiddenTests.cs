using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Secrets;

/// <summary>A credential in a ticket's words: hidden at every door, sealed, and shown to an engineer who says why.</summary>
public sealed class HiddenTests(Portal portal) : IClassFixture<Portal>
{
    private const string Plain = "Sommer-2024!zq";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_readable_nowhere_in_the_database_nor_in_mail_whichever_way_it_came()
    {
        await Desk.FurnishAsync(portal);
        var acorn = portal.World.Acorn;
        using var eve = await portal.AsAsync(acorn.Employee);
        string draft;
        using (var typed = await eve.SendAsync($"{acorn.Door}/report", (await eve.PageAsync(acorn.Door)).Fill("/report", ("Text", $"Outlook asks again, my password is {Plain}")))) draft = $"{typed.Headers.Location}".Split('/')[^2];
        var report = Desk.Report(acorn, $"Outlook asks again, my password is {Plain}", $"My password is {Plain} and the PIN is 48213975.");
        var ticket = await portal.SendAsync(acorn.Id, report with { Report = report.Report with { ErrorText = $"login failed, password={Plain}" }, Facts = [new(EnvironmentField.LastChange, $"password: {Plain}", FactSource.Asked)] });
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies($"or is it password: {Plain}", Channel.Portal, Desk.Eve(acorn), now, out _)));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => { t.Note($"she wrote pw: {Plain}", portal.World.Priya.Id, Desk.Of(portal.World.Priya), now); return null; }));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.StaffReplies($"Do not use password: {Plain} any more", false, Channel.Portal, Desk.Of(portal.World.Priya), now, Desk.Agreed)));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Resolve(new("Reset", $"password: {Plain}", null, null, null), null, Desk.Of(portal.World.Priya), now)));
        await LettersAsync(ticket);

        foreach (var table in await Server.ListAsync<string>(portal.Owner, "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'"))
            Assert.True((await Server.ListAllAsync<long>(portal.Owner, $"select count(*) from {table} t where t::text ilike '%{Plain}%' or t::text ilike '%{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(Plain))}%' or t::text like '%48213975%'"))[0] == 0, $"it is readable in {table}");
        Assert.All(Directory.GetFiles(portal.MailFolder, "*.eml", SearchOption.AllDirectories), file => Assert.DoesNotContain(Plain, Infrastructure.Mail.FrozenMail.Read(File.ReadAllBytes(file)).Text, StringComparison.Ordinal));
        // the presence beside the absence
        var kept = await portal.ReadAsync(ticket);
        Assert.Contains("[hidden password ", kept.Subject, StringComparison.Ordinal);
        Assert.Contains("[hidden code ", kept.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains(kept.Events, e => e.Kind == TicketEventKind.SecretHidden);
        Assert.Contains("[hidden password ", kept.Facts.Single(f => f.Field == EnvironmentField.LastChange).Value, StringComparison.Ordinal);
        // what she typed and did not send is hers alone: she reads it, and the row holds it sealed
        Assert.Contains(Plain, (await eve.PageAsync($"{acorn.Door}/report?draft={draft}")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal([1L], await Server.ListAllAsync<long>(portal.Owner, $"select count(*) from report_draft where id = '{draft}' and form::text like '%sealed%'"));
    }

    [Fact]
    public async Task An_engineer_sees_it_with_a_reason_and_nobody_else_does()
    {
        var (ticket, secret) = await HiddenAsync();
        var address = $"/desk/tickets/ACO-{ticket.Number}/secrets";
        using var priya = await portal.AsAsync(portal.World.Priya);
        using (var bare = await SendAsync(priya, address, "Reveal", secret.Id, "")) Assert.DoesNotContain(Plain, await bare.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.SecretRevealed);
        using (var shown = await SendAsync(priya, address, "Reveal", secret.Id, "Resetting her mailbox")) Assert.Contains(Plain, await shown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var told = Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.SecretRevealed);
        Assert.Equal(("Priya", "Resetting her mailbox", secret.Label), (told.ActorName, told.Detail["why"], told.Detail["label"]));
        Assert.DoesNotContain(Plain, (await priya.PageAsync(address)).DocumentElement.OuterHtml, StringComparison.Ordinal);

        // Olive runs the installation and is no engineer: she may read that something is hidden
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains(secret.Label, (await olive.PageAsync(address)).DocumentElement.OuterHtml, StringComparison.Ordinal);
        using (var refused = await SendAsync(olive, address, "Reveal", secret.Id, "I am curious")) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        // one client's value under another ticket of the same client is no value of that ticket
        var (other, _) = await HiddenAsync();
        using (var foreign = await SendAsync(priya, $"/desk/tickets/ACO-{other.Number}/secrets", "Reveal", secret.Id, "Resetting her mailbox")) Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task A_wrong_mask_is_taken_off_and_the_words_are_found_again()
    {
        // of its own, for the other tests look for theirs everywhere
        const string Room = "Raum-2024!zq";
        var (ticket, secret) = await HiddenAsync(Room);
        Assert.DoesNotContain(ticket.Number, await FoundAsync());
        using var priya = await portal.AsAsync(portal.World.Priya);
        using (var undone = await SendAsync(priya, $"/desk/tickets/ACO-{ticket.Number}/secrets", "Undo", secret.Id, "It is the name of a room")) Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        var kept = await portal.ReadAsync(ticket);
        Assert.Contains(Room, kept.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains(kept.Events, e => e.Kind == TicketEventKind.MaskUndone && e.ActorName == "Priya");
        Assert.Contains(ticket.Number, await FoundAsync());
        using var again = await SendAsync(priya, $"/desk/tickets/ACO-{ticket.Number}/secrets", "Reveal", secret.Id, "Once more please");
        Assert.Contains("Not a secret: put back", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.SecretRevealed);
    }

    [Fact]
    public async Task A_sealed_value_opens_for_its_own_client_alone()
    {
        var (_, secret) = await HiddenAsync();
        var keys = portal.Services.GetRequiredService<Infrastructure.Tenancy.ClientKeys>();
        Assert.Equal(Plain, await keys.OpenTicketSecretAsync(portal.World.Acorn.Id, secret.Sealed, Cancel));
        await keys.SealAsync(portal.World.Birch.Id, "so that Birch has a key", "test", Cancel);
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => keys.OpenTicketSecretAsync(portal.World.Birch.Id, secret.Sealed, Cancel));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => keys.OpenAsync(portal.World.Acorn.Id, secret.Sealed, "another purpose", Cancel));
    }

    private async Task<(Ticket Ticket, TicketSecret Secret)> HiddenAsync(string plain = Plain)
    {
        await Desk.FurnishAsync(portal);
        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Outlook asks again and again", $"My password is {plain} as always."));
        return (ticket, await portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Secrets.AsNoTracking().SingleAsync(x => x.TicketId == ticket.Id, Cancel)));
    }

    private async Task<List<int>> FoundAsync()
    {
        using var priya = await portal.AsAsync(portal.World.Priya);
        var page = await priya.PageAsync($"/desk/search?q={"raum"}");
        return [.. page.QuerySelectorAll("a[href^='/desk/tickets/ACO-']").Select(a => int.Parse(a.GetAttribute("href")!["/desk/tickets/ACO-".Length..].Split('?', '#')[0], System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string address, string handler, Guid id, string why) => Task.Run(async () =>
    {
        var token = (await browser.PageAsync("/desk/outbox")).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? (await browser.PageAsync("/desk/you")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync(new Uri($"{address}?handler={handler}", UriKind.Relative), new FormUrlEncodedContent([new("id", id.ToString()), new("why", why), new("__RequestVerificationToken", token)]), Cancel);
    }, Cancel);

    // the letters about the ticket have left, so that there is something to look through
    private async Task LettersAsync(Ticket ticket)
    {
        while (await portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Outbox.CountAsync(m => m.TicketId == ticket.Id && m.State == OutboxState.Sent, Cancel)) == 0) await Task.Delay(50, Cancel);
    }
}
