using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Data.Privacy;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Privacy;

/// <summary>A person's words leave and the figures stay; before that, everything can be taken along.</summary>
public sealed class PrivacyTests(Portal portal) : IClassFixture<Portal>
{
    private const string Mark = "zqperson";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_person_is_readable_nowhere_while_numbers_times_and_the_log_stay_and_a_dry_run_changes_nothing()
    {
        var (ticket, email) = await PersonAsync("erased");
        var before = await FiguresAsync(ticket);
        var dry = await ErasePerson.RunAsync(portal.Owner, "acorn", email, isDone: false, portal.Clock.GetUtcNow(), Cancel);
        Assert.Contains(dry.Counted, c => c.What == "messages");
        Assert.NotEmpty(await HitsAsync("erased"));
        var done = await ErasePerson.RunAsync(portal.Owner, "acorn", email, isDone: true, portal.Clock.GetUtcNow(), Cancel);
        Assert.Equal(dry.Counted, done.Counted);
        Assert.Empty(await HitsAsync("erased"));
        Assert.Equal(before, await FiguresAsync(ticket));
        // somebody else's words of the same client stay
        await PersonAsync("neighbour");
        Assert.NotEmpty(await HitsAsync("neighbour"));
        using var priya = await portal.AsAsync(portal.World.Priya);
        var page = (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}")).Body!.TextContent;
        Assert.Contains("Erased person", page, StringComparison.Ordinal);
        await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/decisions");
        await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/clock");
        Assert.Empty(await Server.ListAllAsync<long>(portal.Owner, $"select number from audit_entry where tenant_id = '{ticket.TenantId}' and ticket_id = '{ticket.Id}' and salt is not null"));
    }

    [Fact]
    public async Task Everything_about_a_person_comes_in_one_file_and_nothing_about_anybody_else()
    {
        var (_, email) = await PersonAsync("taken");
        await PersonAsync("other");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.zip");
        await ExportPerson.RunAsync(Server.Backup(new NpgsqlConnectionStringBuilder(portal.Owner).Database!), "acorn", email, file, Cancel);
        using (var zip = ZipFile.OpenRead(file))
        {
            string Text(ZipArchiveEntry entry) { using var reader = new StreamReader(entry.Open()); return reader.ReadToEnd(); }
            Assert.Contains($"{Mark}taken", Text(zip.GetEntry("messages.json")!), StringComparison.Ordinal);
            Assert.Contains($"{Mark}taken note", Text(zip.GetEntry("notes.json")!), StringComparison.Ordinal);
            Assert.DoesNotContain("security_stamp", Text(zip.GetEntry("person.json")!), StringComparison.Ordinal);
            Assert.Contains(zip.Entries, e => e.FullName.StartsWith("files/", StringComparison.Ordinal) && Text(e).Contains($"{Mark}taken file", StringComparison.Ordinal));
            Assert.All(zip.Entries, e => Assert.DoesNotContain($"{Mark}other", Text(e), StringComparison.Ordinal));
        }
        File.Delete(file);
    }

    [Fact]
    public async Task What_is_over_its_time_is_forgotten_per_client_and_class_and_only_shown_before()
    {
        var (old, _) = await PersonAsync("old");
        Assert.Null(await portal.ChangeAsync(old, (t, now) => t.Resolve(new($"{Mark}old fixed", null, null, null, null), null, Desk.Of(portal.World.Priya), now)));
        var (open, _) = await PersonAsync("open");
        Assert.Empty(await KeptFor.RunAsync(portal.Owner, true, portal.Clock.GetUtcNow().AddDays(900), Cancel));
        await KeptFor.SetAsync(portal.Owner, "acorn", "requests", 730, Cancel);
        try
        {
            Assert.Empty(Assert.Single(await KeptFor.RunAsync(portal.Owner, true, portal.Clock.GetUtcNow().AddDays(729), Cancel)).Counted);
            Assert.NotEmpty(Assert.Single(await KeptFor.RunAsync(portal.Owner, false, portal.Clock.GetUtcNow().AddDays(731), Cancel)).Counted);
            Assert.Contains($"{Mark}old", (await portal.ReadAsync(old)).Subject, StringComparison.Ordinal);
            await KeptFor.RunAsync(portal.Owner, true, portal.Clock.GetUtcNow().AddDays(731), Cancel);
            Assert.Equal("[erased]", (await portal.ReadAsync(old)).Subject);
            Assert.Contains($"{Mark}open", (await portal.ReadAsync(open)).Subject, StringComparison.Ordinal);
        }
        finally { await KeptFor.SetAsync(portal.Owner, "acorn", "requests", null, Cancel); }
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeptFor.SetAsync(portal.Owner, "nobody", "requests", 1, Cancel));
    }

    private async Task<(Ticket Ticket, string Email)> PersonAsync(string name)
    {
        await Desk.FurnishAsync(portal);
        var (acorn, email) = (portal.World.Acorn, $"{Mark}{name}{Guid.NewGuid():n}@acorn.example");
        var contact = new Contact { TenantId = acorn.Id, Name = $"{Mark}{name} Smith", Email = email, NormalizedEmail = email, Phone = $"{Mark}{name}", SiteId = acorn.Site.Id };
        var by = new Actor(ActorKind.Contact, contact.Id.Value, contact.Name);
        var file = await portal.AsAsync(acorn.Id, async s =>
        {
            s.GetRequiredService<PortalDb>().Add(contact);
            await s.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel);
            return (await s.GetRequiredService<FileStore>().KeepAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{Mark}{name} file\n")), $"{Mark}{name}.txt", Cancel)).File!;
        });
        var ticket = await portal.SendAsync(acorn.Id, Desk.Report(acorn, $"{Mark}{name} cannot print", $"I am {Mark}{name}, and password: {Mark}{name}1!") with { ContactId = contact.Id, By = by, Files = [new SentFile(file.Id, file.Name)], Facts = [new(EnvironmentField.LastChange, $"{Mark}{name} moved", FactSource.Asked)] });
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => { t.Note($"{Mark}{name} note", portal.World.Priya.Id, Desk.Of(portal.World.Priya), now); return null; }));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.StaffReplies($"Dear {Mark}{name}", false, Channel.Portal, Desk.Of(portal.World.Priya), now, Desk.Agreed)));
        while ((await Server.ListAllAsync<long>(portal.Owner, $"select count(*) from outbox_message where ticket_id = '{ticket.Id}' and state = 'Sent'"))[0] < 2 || (await Server.ListAllAsync<long>(portal.Owner, $"select count(*) from ticket_event e where ticket_id = '{ticket.Id}' and not exists (select from audit_entry a where a.source_id = e.id::text and a.source = 'ticket-event')"))[0] > 0) await Task.Delay(50, Cancel);
        return (ticket, email);
    }

    private async Task<List<string>> HitsAsync(string name)
    {
        var hits = new List<string>();
        foreach (var table in await Server.ListAsync<string>(portal.Owner, "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'"))
            if ((await Server.ListAllAsync<long>(portal.Owner, $"select count(*) from {table} t where t::text ilike '%{Mark}{name}%' or t::text ilike '%{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(Mark + name))}%'"))[0] > 0) hits.Add(table);
        return hits;
    }

    private Task<List<string>> FiguresAsync(Ticket ticket) => Server.ListAllAsync<string>(portal.Owner, $"""
        select concat_ws('|', t.number, t.status, t.priority, t.category, t.queue, t.opened_at, t.due_at, t.first_reply_at, t.message_count, (select count(*) from ticket_event e where e.ticket_id = t.id), (select string_agg(e.kind, ',' order by e.id) from ticket_event e where e.ticket_id = t.id), (select count(*) from ticket_target g where g.ticket_id = t.id))
        from ticket t where t.id = '{ticket.Id}'
        """);
}
