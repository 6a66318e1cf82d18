using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Contracts;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Readiness;

/// <summary>Somebody who may approve, and what of the last 30 days that person has answered of what others asked.</summary>
public sealed record Reviewer(string Name, int Asked, int Answered)
{
    public bool DoesNotReview => Asked > 0 && Answered == 0;
}

/// <summary>What stands between a client and rules that act by themselves.</summary>
public sealed record ReadinessView
{
    public required Client Client { get; init; }
    public required DeskFigures Now { get; init; }
    public required Baseline? Baseline { get; init; }
    public required IReadOnlyList<HandCorrection> InHeads { get; init; }
    /// <summary>What is stale or missing in what is written down of the contract, in sentences.</summary>
    public required IReadOnlyList<string> Entitlements { get; init; }
    public required IReadOnlyList<Reviewer> Reviewers { get; init; }
    /// <summary>Requests that have waited for a second person for more than a day, and replies sent alone that nobody has looked at.</summary>
    public required int Waiting { get; init; }
    public required int NotLookedAt { get; init; }

    public bool HasBaseline => Baseline?.ApprovedAt is not null;
    public bool IsReviewed => Waiting == 0 && NotLookedAt == 0 && !Reviewers.Any(r => r.DoesNotReview);
    public bool IsReady => HasBaseline && InHeads.Count == 0 && Entitlements.Count == 0 && IsReviewed;
}

/// <summary>Looks at a client before its rules are allowed to act by themselves; for operators and service leads.</summary>
public sealed class ReadReadiness(PortalDb db, MeasureDesk measure, ReadContracts contracts, StaffDirectory staff, ClientDirectory clients, TimeProvider time)
{
    private const int ReviewDays = 30, EndsSoonDays = 30;

    public bool MayEnter => contracts.MayEnter;

    public IReadOnlyList<Client> Clients => [.. clients.All.Where(c => contracts.BySlug(c.Slug) is not null).OrderBy(c => c.Name, StringComparer.Ordinal)];

    public async Task<ReadinessView> RunAsync(Client client, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var asked = await db.Approvals.AsNoTracking().Where(a => a.TenantId == client.Id && a.AskedAt >= now.AddDays(-ReviewDays)).Select(a => new { a.Kind, a.AuthorId, a.State, a.DecidedById, a.AskedAt }).ToListAsync(cancel);
        var answered = asked.Where(a => a.State is ApprovalState.Given or ApprovalState.Refused).ToList();
        return new()
        {
            Client = client,
            Now = await measure.RunAsync(client.Id, cancel),
            Baseline = await db.Baselines.AsNoTracking().Where(b => b.TenantId == client.Id).OrderByDescending(b => b.MadeAt).FirstOrDefaultAsync(cancel),
            InHeads = await measure.CorrectionsAsync(client.Id, cancel),
            Entitlements = await EntitlementsAsync(client, now, cancel),
            Reviewers = [.. staff.All.Where(s => s.IsActive && s.Serves(client.Id) && Approval.MayDecide(ApprovalKind.Reply, s)).Select(s => new Reviewer(s.Name, asked.Count(a => a.AuthorId != s.Id.Value && a.Kind == ApprovalKind.Reply), answered.Count(a => a.DecidedById == s.Id.Value)))],
            Waiting = asked.Count(a => a.State == ApprovalState.Waiting && a.AskedAt < now.AddDays(-1)),
            NotLookedAt = await db.Approvals.CountAsync(a => a.TenantId == client.Id && a.State == ApprovalState.BrokeGlass && a.LookedAt == null && a.AskedAt < now.AddDays(-1), cancel),
        };
    }

    private async Task<IReadOnlyList<string>> EntitlementsAsync(Client client, DateTimeOffset now, CancellationToken cancel)
    {
        var register = await contracts.OfAsync(client, cancel);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var wrong = new List<string>();
        if (register.Contract is null) wrong.Add("No contract is in force.");
        if (register.Contract?.EndsOn is { } ends && ends < today.AddDays(EndsSoonDays)) wrong.Add($"The contract ends on {ends:d MMM yyyy}.");
        wrong.AddRange(register.Clauses.Where(c => c.IsPastReview).Select(c => $"“{c.Clause.Title}” is past its review date, {c.Clause.ReviewBy:d MMM yyyy}."));
        wrong.AddRange(register.Clauses.Where(c => c.Clause.Path is null).Select(c => $"“{c.Clause.Title}” names nobody to call."));
        wrong.AddRange(register.Clauses.Where(c => c.Version is null).Select(c => $"“{c.Clause.Title}” came with a file and has no test cases."));
        wrong.AddRange(register.Clauses.Where(c => c.Clause.Path is { } path && staff.ByKey(path) is { } person && (!person.IsActive || !person.Serves(client.Id))).Select(c => $"“{c.Clause.Title}” calls {contracts.Callee(c.Clause.Path!)}, who does not serve {client.Name}."));
        wrong.AddRange(register.Uncovered.Where(s => s.IsCritical).Select(s => $"No clause speaks of {s.Name}, which is critical."));
        return wrong;
    }
}
