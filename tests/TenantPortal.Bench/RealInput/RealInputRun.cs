using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Bench.Retrieval;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Bench.RealInput;

/// <summary>Sends real problem texts as tickets of one contact through the use cases behind the form, and looks at what became of each.</summary>
internal sealed class RealInputRun(IServiceProvider services, Contact contact, RetrievalSet set)
{
    public async Task<RealInputFigures> RunAsync(int most, CancellationToken cancel)
    {
        var figures = new RealInputFigures();
        foreach (var query in set.Queries.Take(most))
        {
            figures.Sent++;
            var began = Stopwatch.GetTimestamp();
            try
            {
                var (ticket, offered) = await SubmitAsync(query.Text, cancel);
                figures.Took(Stopwatch.GetElapsedTime(began));
                await CountAsync(ticket, offered, figures, cancel);
                await RankAsync(query, figures, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)   // the run counts failures and goes on
            {
                figures.Failures.Add($"{query.Id}: {e.Message}");
            }
        }
        return figures;
    }

    private async Task<(TicketId Ticket, string? Offered)> SubmitAsync(string text, CancellationToken cancel)
    {
        await using var scope = Scope();
        var opened = await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(new()
        {
            Report = new() { Subject = "", Text = text, Impact = Impact.One, Urgency = Urgency.Slowed }, ContactId = contact.Id, SubmissionKey = Guid.CreateVersion7(), By = new(ActorKind.Contact, contact.Id.Value, contact.Name),
        }, cancel) ?? throw new InvalidOperationException("The contact is not one of this client's.");
        return (opened.Ticket.Id, await scope.ServiceProvider.GetRequiredService<OfferGuide>().RunAsync(opened.Ticket, cancel));
    }

    // as stored, not as returned
    private async Task CountAsync(TicketId id, string? offered, RealInputFigures figures, CancellationToken cancel)
    {
        await using var scope = Scope();
        var ticket = await scope.ServiceProvider.GetRequiredService<PortalDb>().Tickets.AsNoTracking().SingleAsync(t => t.Id == id, cancel);
        if (ticket.Number > 0) figures.Numbers++;
        if (ticket.Verdict is { Reasons.Count: > 0 }) figures.Verdicts++;
        if (offered is not null) figures.Offered++;
        if (ticket.HandedOffAt is not null) figures.HandedOff++;
        if (offered is null && ticket.HandedOffAt is null) throw new InvalidOperationException("neither a guide nor a hand-off");
    }

    private async Task RankAsync(QueryLine query, RealInputFigures figures, CancellationToken cancel)
    {
        var judged = set.Relevant[query.Id].Select(SlugOf).ToHashSet(StringComparer.Ordinal);
        if (judged.Count == 0) return;
        await using var scope = Scope();
        var answer = await scope.ServiceProvider.GetRequiredService<SearchGuides>().RunAsync(query.Text, new(contact.TenantId, 0, contact.Id, contact.SiteId, null), 3, cancel);
        figures.Judged++;
        if (answer.Hits is [var first, ..] && judged.Contains(first.Slug)) figures.First++;
        if (answer.Hits.Any(hit => judged.Contains(hit.Slug))) figures.FirstThree++;
    }

    private AsyncServiceScope Scope()
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(contact.TenantId);
        return scope;
    }

    private static string SlugOf(string id) => id.ToLowerInvariant();
}
