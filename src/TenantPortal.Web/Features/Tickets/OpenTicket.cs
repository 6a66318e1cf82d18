using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>Makes a ticket of a report, the same way for every door: gate, verdict, facts, clocks, and one save.</summary>
public sealed class OpenTicket(PortalDb db, PageReads reads, TriageFor triage, ClientProfiles profiles, JobQueue jobs, ClientKeys keys, TimeProvider time)
{
    private static readonly TimeSpan OfferedBy = TimeSpan.FromMinutes(1);

    /// <summary>The ticket; the first one again for a form that was sent twice; null when the contact is not one of the scope's.</summary>
    public async Task<OpenedTicket?> RunAsync(NewTicket input, CancellationToken cancel)
    {
        var now = input.At ?? time.GetUtcNow();
        if ((input.Sender ?? await Find(db, input.ContactId, input.Client is null, input.Client ?? default, cancel)) is not { } sender) return null;

        var profile = await profiles.OfAsync(sender.Client, db, now, cancel);
        // before anything reads it: a credential is no fact, no word of a search and no reason of a verdict
        var cover = new SecretCover();
        input = input with { Report = Complete(input.Report, cover) };
        var found = Extractor.Read(input.Report.AllText, profile.Names);
        // on the phone and by mail nobody chose a device: the person's own is the best guess
        var device = profile.Device(input.DeviceId) ?? profile.Device(found.Device) ?? (input.Report.Channel == Channel.Portal ? null : profile.DeviceOf(input.ContactId, sender.Device));
        var report = input.Report with { SiteId = profile.Site(input.Report.SiteId)?.Id ?? found.Site ?? profile.Device(found.Device)?.SiteId ?? sender.Site };
        var recent = triage.Ask(sender.Client, report, input.ContactId, now);
        input.BeforeOffer?.Invoke(report.SiteId, device?.Id);
        await reads.RunAsync(cancel);
        var triaged = TriageFor.Judge(report, profile, input.ContactId, recent, null, now);

        var ticket = Ticket.Open(sender.Client, input.ContactId, report, device?.Id, input.RequestTypeId, input.SubmissionKey, input.By, now, input.ExternalRef);
        ticket.Keep(cover, input.By, now);
        if (input.IsUnverified) ticket.CameUnverified();
        var message = ticket.Say(report.Text, report.Channel, input.By, now);
        foreach (var learned in TicketFacts.Of(input, report, found, device, profile, message.Id).GroupBy(f => TicketFacts.FilledBy(f.Source, input.By))) ticket.Learn([.. learned], learned.Key, now);
        await AttachAsync(ticket, input, message.Id, now, cancel);
        Judge(ticket, triaged, now);
        db.Add(VerdictRecord.Of(ticket, report, triaged, [message.Id], now));
        if (input.IsOffered && (input.Offer is null || !await input.Offer(ticket, triaged.Profile.Terms, cancel))) jobs.Add(ticket.TenantId, NewTicket.OfferJob, ticket.Id.Value, now + OfferedBy);
        // last, because the offer of a guide may be what a clock waits for
        TicketClocks.Refresh(ticket, ticket.Events, triaged.Profile.Terms, now);
        return await SaveAsync(ticket, cancel);
    }

    private static Report Complete(Report report, SecretCover cover)
    {
        // as it is kept, so that it can be read again to the letter; a subject is cut after the covering, for half a credential is not known as one
        var text = cover.Cover(CleanText.Of(report.Text));
        return report with
        {
            Text = text, ErrorText = report.ErrorText is { } error ? cover.Cover(CleanText.Of(error)) : null,
            Subject = CleanText.FirstLine(string.IsNullOrWhiteSpace(report.Subject) ? text : cover.Cover(CleanText.Of(report.Subject))),
            AffectedSystem = report.AffectedSystem is { } system ? cover.Cover(system) : null,
        };
    }

    private static void Judge(Ticket ticket, Triaged triaged, DateTimeOffset now)
    {
        ticket.Apply(triaged.Verdict, now);
        if (ticket.Priority == Priority.P1) ticket.Alert($"{ticket.Priority}: {triaged.Verdict.Reasons.First(r => r.Field == "priority").Sentence}", now);
        else if (triaged.Verdict.LooksUrgent && !ticket.GateComplete) ticket.Alert("It looks urgent, and the report is not complete yet: please look before the answers come.", now);
    }

    private async Task AttachAsync(Ticket ticket, NewTicket input, MessageId message, DateTimeOffset now, CancellationToken cancel)
    {
        if (input.Files.Count == 0) return;
        var ids = input.Files.Select(f => f.FileId).ToList();
        var stored = await db.Files.AsNoTracking().Where(f => f.TenantId == ticket.TenantId && ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancel);
        foreach (var sent in input.Files)
            if (stored.TryGetValue(sent.FileId, out var file)) ticket.Attach(file.Id, sent.Name, file.MediaType, file.Size, message, input.By, now);
    }

    private async Task<OpenedTicket> SaveAsync(Ticket ticket, CancellationToken cancel)
    {
        try
        {
            await keys.SealAsync(ticket, cancel);
            await db.SaveNewAsync([ticket, .. ticket.Messages, .. ticket.Notes, .. ticket.Facts, .. ticket.Events, .. ticket.Targets, .. ticket.Attachments, .. ticket.Secrets], cancel);
            return new(ticket, false);
        }
        // the same form arrived before, or twice at once and the other was quicker
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "ticket_tenant_id_submission_key_key" })
        {
            db.ChangeTracker.Clear();
            return new(await FirstAsync(ticket.TenantId, ticket.SubmissionKey, cancel), true);
        }
    }

    private static readonly Func<PortalDb, ContactId, bool, TenantId, CancellationToken, Task<Sender?>> Find =
        EF.CompileAsyncQuery((PortalDb db, ContactId contact, bool anyClient, TenantId client, CancellationToken cancel) =>
            db.Contacts.Where(c => c.Id == contact && (anyClient || c.TenantId == client)).Select(c => new Sender(c.TenantId, c.SiteId, c.DeviceId)).FirstOrDefault());

    private Task<Ticket> FirstAsync(TenantId client, Guid submissionKey, CancellationToken cancel) =>
        db.Tickets.SingleAsync(t => t.TenantId == client && t.SubmissionKey == submissionKey, cancel);
}
