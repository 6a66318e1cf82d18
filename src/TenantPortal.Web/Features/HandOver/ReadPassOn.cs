using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.HandOver;

/// <summary>A ticket as it would be passed on now: what is still missing, the note as the template writes it, and where it could go.</summary>
/// <param name="DraftTier">The highest tier of what the draft names.</param>
/// <param name="Suggested">The category that everything said so far speaks for.</param>
/// <param name="AskedAt">When the contact was asked for what is missing, and has not written since.</param>
public sealed record PassOnView(HandOffView HandOff, string Draft, int DraftTier, IReadOnlyList<CategoryRule> Categories, string Suggested, IReadOnlyList<string> Queues, DateTimeOffset? AskedAt)
{
    public Ticket Ticket => HandOff.Ticket;
    public IReadOnlyList<string> Missing => HandOff.Ask;
    public bool MayWait => Ticket.Priority != Priority.P1 && Ticket.Verdict is not { LooksUrgent: true };
}

public sealed class ReadPassOn(PageReads reads, PortalDb db, HandOff handOff, ClientProfiles profiles, Me me, TimeProvider time)
{
    public async Task<PassOnView?> RunAsync(TicketReference reference, CancellationToken cancel)
    {
        if (await TicketRows.ReadAsync(reads, reference.Client.Id, reference.Number, me.ReadsAsTier, cancel) is not { } rows) return null;
        var (view, profile) = (await handOff.OfAsync(rows, cancel), await profiles.OfAsync(reference.Client.Id, db, time.GetUtcNow(), cancel));
        var ticket = rows.Ticket;
        var draft = HandOverNote.Draft(new(ticket.Subject, view.CategoryTitle, ticket.AffectedSystem, view.Environment, view.Messages, view.Attempts, view.Work, view.Surroundings.Changes.Select(c => c.What).FirstOrDefault(), [.. rows.Files.Select(f => f.FileName)]));
        string[] queues = [.. profile.Rules.Rules.Categories.Select(c => c.Queue).Concat(profile.Teams.Select(t => t.Queue)).Append(ticket.Queue).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(view, draft, HandOverNote.TierOf(view.Work), profile.Rules.Rules.Categories, Suggested(view, profile), queues, AskedAt(rows));
    }

    // the same rules as at the opening, read over all that was said since
    private string Suggested(HandOffView view, ClientProfile profile)
    {
        var ticket = view.Ticket;
        if (ticket.RequestTypeId is not null) return ticket.Category;
        var report = new Report
        {
            Subject = ticket.Subject, Text = string.Join('\n', view.Messages.Where(m => m.AuthorKind == ActorKind.Contact || m.Number == 1).Select(m => m.Text)), Channel = ticket.Channel,
            Impact = ticket.Impact, Urgency = ticket.Urgency, AffectedSystem = ticket.AffectedSystem, Sensitivity = ticket.Sensitivity, SiteId = ticket.SiteId,
        };
        var category = TriageFor.Judge(report, profile, ticket.ContactId, [], ticket.Id, time.GetUtcNow()).Verdict.Category;
        return category == Verdict.NoCategory ? ticket.Category : category;
    }

    private static DateTimeOffset? AskedAt(TicketRows rows) =>
        rows.Events.LastOrDefault(e => e.Kind == TicketEventKind.QuestionAsked) is { } asked && !rows.Messages.Any(m => m.AuthorKind == ActorKind.Contact && m.At > asked.At) ? asked.At : null;
}
