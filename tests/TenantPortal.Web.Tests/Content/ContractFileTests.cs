using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Tests.Content;

/// <summary>A contract whose clauses contradict each other is refused where it is read, so that no ticket gets one of them by chance.</summary>
public sealed class ContractFileTests
{
    [Theory]
    [InlineData("first_reply: 1h", "first_reply: 30m", "“Tills once more” and “Point-of-sale outage” promise different things for the same outage.")]
    [InlineData("breadth: one", "breadth: several", null)]
    [InlineData("first_reply: 1h", "first_reply: 0m", "“first_reply” must be a time such as 30m, 4h or 1d 2h.")]
    [InlineData("path: ines", "path: sam", "promise different things for the same outage")]
    [InlineData("title: Tills once more", "title: The same in other words", null)]
    public void Two_clauses_for_one_outage_promise_the_same(string from, string to, string? problem)
    {
        var folder = Directory.CreateTempSubdirectory("contract-test").FullName;
        try
        {
            Copy(Path.Combine(Server.Folder, "content", "demo", "northwind"), folder);
            var file = Path.Combine(folder, "contract.yml");
            var text = File.ReadAllText(file);
            var first = text[text.IndexOf("  - ref: pos-outage", StringComparison.Ordinal)..text.IndexOf("  - ref: card-payments", StringComparison.Ordinal)];
            var second = first.Replace("ref: pos-outage", "ref: pos-again", StringComparison.Ordinal).Replace("title: Point-of-sale outage", "title: Tills once more", StringComparison.Ordinal).Replace(from, to, StringComparison.Ordinal);
            File.WriteAllText(file, text.Replace("clauses:\n" + first, "clauses:\n" + first + second, StringComparison.Ordinal));
            var problems = new ContentProblems();
            new ClientFolder(folder, new HashSet<string>(StringComparer.Ordinal) { "ines", "sam", "priya", "olive", "service-lead" }, problems).Read();
            if (problem is null) Assert.DoesNotContain(problems.All, p => p.File == "contract.yml");
            else Assert.Contains(problems.All, p => p.ToString().Contains(problem, StringComparison.Ordinal));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
