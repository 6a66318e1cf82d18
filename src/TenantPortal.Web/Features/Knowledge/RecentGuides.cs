using System.Collections.Concurrent;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Published copies as they were at one generation of their client, for whoever knows that it is still the present one.</summary>
public sealed class RecentGuides
{
    private const int Most = 128;
    private readonly ConcurrentDictionary<(TenantId Client, Guid Runbook), (long Generation, PublishedRunbook? Guide)> guides = new();

    public bool Knows(TenantId client, Guid runbook, long generation, out PublishedRunbook? guide)
    {
        var isKnown = guides.TryGetValue((client, runbook), out var kept) && kept.Generation == generation;
        guide = isKnown ? kept.Guide : null;
        return isKnown;
    }

    public void Keep(TenantId client, Guid runbook, long generation, PublishedRunbook? guide)
    {
        if (guides.Count >= Most) guides.Clear();
        guides[(client, runbook)] = (generation, guide);
    }
}
