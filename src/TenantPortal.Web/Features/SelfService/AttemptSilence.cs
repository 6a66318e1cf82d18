using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Hands over an attempt whose person has fallen silent; where an answer came meanwhile, it looks again later.</summary>
public sealed class AttemptSilence(PortalDb db, SilenceLimits limits, JobQueue jobs, ChangeTicket change, TimeProvider time) : IJobHandler
{
    public const string JobKind = "attempt-silence";
    private const int Tries = 3;
    private static readonly Actor Silence = Actor.Machine("silence");
    private static readonly Refusal Raced = new("The person answered at this moment.");

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        for (var run = 0; run < Tries; run++)
            if (await OnceAsync(new(job.RefId!.Value), cancel) is null) return;
        // thrown, so that the job comes back later
        throw new DbUpdateConcurrencyException("The ticket changed each time that its silent guide was to be handed over.");
    }

    private async Task<Refusal?> OnceAsync(AttemptId id, CancellationToken cancel)
    {
        var attempt = await db.Attempts.FirstOrDefaultAsync(a => a.Id == id, cancel);
        if (attempt is not { IsRunning: true }) return null;
        var limit = await limits.OfAsync(attempt.TenantId, cancel);
        if (limit.EndsAt(attempt) is var endsAt && time.GetUtcNow() < endsAt)
        {
            jobs.Add(attempt.TenantId, JobKind, id.Value, endsAt);
            await db.SaveChangesAsync(cancel);
            return null;
        }
        var ran = false;
        return await change.RunAsync(attempt.TenantId, attempt.TicketId, (ticket, now) =>
        {
            // somebody else was quicker, perhaps the person: look again at what they left
            if (ran) return Raced;
            ran = true;
            AttemptConsequences.Abandon(ticket, attempt, attempt.OpenedAt is null ? "never opened" : "silence", Silence, now);
            GuideOffers.HandOver(ticket, attempt.OpenedAt is null ? $"“{attempt.Title}” was offered and not opened for {limit.Minutes} open minutes." : $"No answer for {limit.Minutes} open minutes while trying “{attempt.Title}”.", Silence, now);
            return null;
        }, cancel);
    }
}
