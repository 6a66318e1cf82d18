using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Tests.Triage;

/// <summary>The rules of the pack as it is shipped, with the systems and contracts of the demo clients.</summary>
internal static class ShippedRules
{
    private static readonly Lazy<TriageWords> Words = new(() =>
    {
        var problems = new ContentProblems();
        return new(new PackFolder(Path.Combine(Server.Folder, "content", "packs", "it-basics"), TenantId.New(), problems).Read()?.Triage ?? throw new InvalidOperationException(string.Join('\n', problems.All)));
    });

    public static ClientFiles Files(string client)
    {
        var problems = new ContentProblems();
        var staff = File.ReadLines(Path.Combine(Server.Folder, "content", "demo", "staff.yml")).Where(l => l.Contains("key:", StringComparison.Ordinal)).Select(l => l.Split("key:")[1].Split(',')[0].Trim());
        return new ClientFolder(Path.Combine(Server.Folder, "content", "demo", client), staff.Append("service-lead").ToHashSet(StringComparer.Ordinal), problems).Read() ?? throw new InvalidOperationException(string.Join('\n', problems.All));
    }

    public static CompiledRules Of(string client)
    {
        var (files, tenant) = (Files(client), TenantId.New());
        var systems = files.Systems.ToDictionary(s => s.Ref, s => new NamedSystem { TenantId = tenant, ExternalRef = s.Ref, Name = s.Name, Everyday = [.. s.Everyday], IsCritical = s.IsCritical });
        Contract? contract = files.Contract is { } c ? new() { TenantId = tenant, Name = c.Name, Tier = c.Tier, StartsOn = c.Starts, EndsOn = c.Ends, Hours = c.Hours, Targets = [.. c.Targets] } : null;
        var clauses = files.Clauses.Select(e => new Clause
        {
            TenantId = tenant, ContractId = contract!.Id, Title = e.Title, System = systems[e.System].Name, When = [.. e.When], Breadth = e.Breadth, Priority = e.Priority, FirstReplyMinutes = e.FirstReplyMinutes, ResolutionMinutes = e.ResolutionMinutes,
            Calendar = e.Calendar, Path = e.Path, Quote = e.Quote, Page = e.Page,
        });
        return new(Words.Value, [.. systems.Values], contract, [.. clauses]);
    }
}
