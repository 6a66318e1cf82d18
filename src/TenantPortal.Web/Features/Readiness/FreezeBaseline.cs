using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Readiness;

/// <summary>Freezes a client's figures, and takes the second person's approval of them.</summary>
public sealed class FreezeBaseline(PortalDb db, MeasureDesk measure, Me me, TimeProvider time)
{
    public bool MayApprove => me.Has(StaffRoles.ServiceLead);

    public async Task<Refusal?> FreezeAsync(Client client, CancellationToken cancel)
    {
        var figures = await measure.RunAsync(client.Id, cancel);
        if (figures.Tickets == 0) return new($"{client.Name} had no ticket in the last {MeasureDesk.Days} days, so there is nothing to measure against.");
        var baseline = new Baseline { TenantId = client.Id, Figures = figures, OwnerId = me.Staff.Id.Value, OwnerName = me.Staff.Name, MadeAt = time.GetUtcNow() };
        db.Add(baseline);
        db.Add(Told(client.Id, "baseline-frozen", baseline));
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Not found: unknown, or of a client that the person does not serve.</summary>
    public async Task<(bool Found, Refusal? Refusal)> ApproveAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Baselines.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } baseline) return (false, null);
        if (!MayApprove) return (true, new("Only a service lead approves a baseline."));
        if (baseline.Approve(me.Staff.Id.Value, me.Staff.Name, time.GetUtcNow()) is { } refusal) return (true, refusal);
        db.Add(Told(baseline.TenantId, "baseline-approved", baseline));
        await db.SaveChangesAsync(cancel);
        return (true, null);
    }

    private ClientEvent Told(TenantId client, string kind, Baseline baseline) => new()
    {
        TenantId = client, Kind = kind, ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = time.GetUtcNow(),
        Detail = new() { ["baseline"] = $"{baseline.Id}", ["owner"] = baseline.OwnerName, ["tickets"] = $"{baseline.Figures.Tickets}", ["late"] = $"{baseline.Figures.Late}", ["bounced"] = $"{baseline.Figures.Bounced}", ["corrected"] = $"{baseline.Figures.Corrected}", ["reopened"] = $"{baseline.Figures.Reopened}", ["firstReplyMinutes"] = $"{baseline.Figures.MedianFirstReplyMinutes}" },
    };
}
