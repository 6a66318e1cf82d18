using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Bench.Rules;

/// <summary>The shipped pack's rules with the systems and the contract of a demo client, and texts as people write them.</summary>
internal static class DemoRules
{
    public const string Pack = "content/packs/it-basics", Client = "content/demo/northwind";

    public static IReadOnlyList<string> Texts { get; } =
    [
        .. File.ReadLines(Path.Combine(Places.Top, "tests", "TenantPortal.Bench", "Sample", "it-basics.tsv")).Select(line => line.Split('\t')[0]),
        "Tills hanging since lunch, queue to the door", "POS slow since this morning at the Leith shop. Every sale takes a minute, two of four tills have given up and the queue is out of the door. We restarted them twice.",
    ];

    public static CompiledRules Read()
    {
        var (problems, tenant) = (new ContentProblems(), TenantId.New());
        var triage = new PackFolder(Path.Combine(Places.Top, Pack), tenant, problems).Read()?.Triage;
        var people = File.ReadLines(Path.Combine(Places.Top, "content", "demo", "staff.yml")).Where(l => l.Contains("key:", StringComparison.Ordinal)).Select(l => l.Split("key:")[1].Split(',')[0].Trim());
        var files = new ClientFolder(Path.Combine(Places.Top, Client), people.Append("service-lead").ToHashSet(StringComparer.Ordinal), problems).Read();
        if (triage is null || files?.Contract is not { } terms) throw new InvalidOperationException(string.Join('\n', problems.All));
        var systems = files.Systems.ToDictionary(s => s.Ref, s => new NamedSystem { TenantId = tenant, ExternalRef = s.Ref, Name = s.Name, Everyday = [.. s.Everyday], IsCritical = s.IsCritical });
        var contract = new Contract { TenantId = tenant, Name = terms.Name, Tier = terms.Tier, StartsOn = terms.Starts, EndsOn = terms.Ends, Hours = terms.Hours, Targets = [.. terms.Targets] };
        var clauses = files.Clauses.Select(c => new Clause
        {
            TenantId = tenant, ContractId = contract.Id, Title = c.Title, System = systems[c.System].Name, When = [.. c.When], Breadth = c.Breadth, Priority = c.Priority, FirstReplyMinutes = c.FirstReplyMinutes, ResolutionMinutes = c.ResolutionMinutes,
            Calendar = c.Calendar, Path = c.Path, Quote = c.Quote, Page = c.Page,
        });
        return new(new TriageWords(triage), [.. systems.Values], contract, [.. clauses]);
    }
}
