using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Bench.Pages;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Bench.Retrieval;

/// <summary>What the index alone cannot show: a publish until its guide is found through the database, the return of a client that nobody searched for a while, and suggestions while typing through HTTP.</summary>
internal sealed class LiveRun(RetrievalSet small, int guides)
{
    private const int Rounds = 20, Returns = 7, Texts = 40;
    private readonly Client client = PortalPeople.Company(0), other = PortalPeople.Company(1, "it-basics");
    private Contact contact = null!, neighbour = null!;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using var cluster = new Cluster();
            var (owner, app) = await cluster.CreateDatabaseAsync("bench_live");
            await Migrator.RunAsync(owner, cancel);
            var portal = new PortalProcess(owner, app, folder);
            await FurnishAsync(portal, folder, cancel);
            await PublishAsync(portal, cancel);
            await ReturnAsync(portal, "comes back, packed", cancel);
            await Cluster.SqlAsync(owner, "select set_config('app.all', '1', false)", "truncate index_pack");
            await ReturnAsync(portal, "comes back, not packed", cancel);
            await TypeAsync(portal, cancel);
            return 0;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private async Task FurnishAsync(PortalProcess portal, string folder, CancellationToken cancel)
    {
        await using (var before = portal.Build())
        {
            await PortalApp.PrepareAsync(before, cancel);
            await PortalPeople.HireAsync(before.Services, cancel);
            await PortalPeople.ImportLibraryAsync(before.Services, cancel);
            foreach (var company in new[] { client, other }) await before.Services.GetRequiredService<ClientDirectory>().AddAsync(company, cancel);
            contact = (await PortalPeople.ContactsAsync(before.Services, client, cancel))[1];
            neighbour = (await PortalPeople.ContactsAsync(before.Services, other, cancel))[1];
            await PortalPeople.PublishAsync(before.Services, other, cancel);
        }

        var file = Path.Combine(folder, "articles.jsonl");
        await File.WriteAllLinesAsync(file, ScaledCorpus.Of(small, guides, isOneClient: true).Documents.Select(line => JsonSerializer.Serialize(new { id = line.Id, title = line.Title, text = line.Text })), cancel);
        Console.WriteLine((await portal.CommandAsync("content", "import", "--client", client.Slug, "--jsonl", file, "--approve-as", PortalPeople.Lead)).Trim());
    }

    /// <summary>From the commit of one guide to the first answer that has it, on the node that serves it.</summary>
    private async Task PublishAsync(PortalProcess portal, CancellationToken cancel)
    {
        await using var app = portal.Build();
        await PortalApp.PrepareAsync(app, cancel);
        foreach (var query in small.Queries.Take(300)) await SearchAsync(app, contact, query.Text, cancel);
        var pattern = await InAsync(app, contact.TenantId, db => db.Published.AsNoTracking().OrderBy(p => p.RunbookId).FirstAsync(cancel));
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var word = $"zeppelin{(char)('a' + i)}";
            await InAsync(app, contact.TenantId, async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                db.Add(Copy(pattern, word, await db.NextGenerationAsync(client.Id, cancel)));
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
                return 0;
            });
            var began = Stopwatch.GetTimestamp();
            var answer = await SearchAsync(app, contact, $"my {word} does not land", cancel);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.Hits is not [{ Slug: var slug }, ..] || slug != word) throw new WrongAnswerException("A published guide was not found.");
        }

        Print("a commit until found", times);
        await WaitAsync(() => InAsync(app, contact.TenantId, db => db.IndexPacks.AnyAsync(cancel)), cancel);
    }

    /// <summary>The first answer for a client of which a process has nothing in memory, where the process itself is warm.</summary>
    private async Task ReturnAsync(PortalProcess portal, string what, CancellationToken cancel)
    {
        var times = new List<double>();
        for (var i = 0; i < Returns; i++)
        {
            await using var app = portal.Build();
            await PortalApp.PrepareAsync(app, cancel);
            foreach (var query in small.Queries.Take(20)) await SearchAsync(app, neighbour, query.Text, cancel);
            GC.Collect();
            var began = Stopwatch.GetTimestamp();
            var answer = await SearchAsync(app, contact, small.Queries[i].Text, cancel);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.Hits.Count == 0) throw new WrongAnswerException("Nothing was found.");
            // a pack is written behind the answer: the next round is to begin without one where this one did
            if (what.Contains("not", StringComparison.Ordinal)) await TruncateAsync(app, portal, cancel);
        }

        Print(what, times[1..]);
    }

    private static async Task TruncateAsync(WebApplication app, PortalProcess portal, CancellationToken cancel)
    {
        await Task.Delay(1500, cancel);
        await Cluster.SqlAsync(portal.Owner, "select set_config('app.all', '1', false)", "truncate index_pack");
        await app.StopAsync(cancel);
    }

    /// <summary>A report that grows by a word with each question, as the form asks while somebody types.</summary>
    private async Task TypeAsync(PortalProcess portal, CancellationToken cancel)
    {
        await using var child = await portal.ServeAsync($"/c/{client.Slug}/sign-in");
        using var browser = new Browser(child.Address);
        await browser.SignInAsync($"/c/{client.Slug}/sign-in/demo", new KeyValuePair<string, string>("id", contact.Id.ToString()));
        var times = new List<double>();
        for (var round = 0; round < 2; round++)
        {
            times.Clear();
            foreach (var query in small.Queries.Skip(round * Texts).Take(Texts))
                foreach (var typed in Growing(query.Text))
                {
                    var began = Stopwatch.GetTimestamp();
                    await browser.GetAsync($"/c/{client.Slug}/suggest?text={Uri.EscapeDataString(typed)}");
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    cancel.ThrowIfCancellationRequested();
                }
        }

        Print("suggestions through HTTP", times);
    }

    private static IEnumerable<string> Growing(string text)
    {
        for (var at = text.IndexOf(' ', StringComparison.Ordinal); at > 0; at = text.IndexOf(' ', at + 1)) yield return text[..at];
    }

    private static PublishedRunbook Copy(PublishedRunbook pattern, string word, long generation) => new()
    {
        TenantId = pattern.TenantId, RunbookId = Guid.CreateVersion7(), VersionHash = word, Slug = word, Title = $"The {word} does not land", Summary = "Bring it down.", Category = pattern.Category, MinTier = pattern.MinTier,
        Audience = pattern.Audience, Content = pattern.Content, PublishedAt = pattern.PublishedAt, ApprovedBy = pattern.ApprovedBy, ApprovedAt = pattern.ApprovedAt, Generation = generation,
    };

    private static Task<GuideAnswer> SearchAsync(WebApplication app, Contact reader, string text, CancellationToken cancel) =>
        InScopeAsync(app, reader.TenantId, services => services.GetRequiredService<SearchGuides>().RunAsync(text, new(reader.TenantId, 0, reader.Id, reader.SiteId, null), 5, cancel));

    private static Task<T> InAsync<T>(WebApplication app, TenantId tenant, Func<PortalDb, Task<T>> run) => InScopeAsync(app, tenant, services => run(services.GetRequiredService<PortalDb>()));

    private static async Task<T> InScopeAsync<T>(WebApplication app, TenantId tenant, Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(tenant);
        return await run(scope.ServiceProvider);
    }

    private static async Task WaitAsync(Func<Task<bool>> holds, CancellationToken cancel)
    {
        for (var wait = 0; wait < 100 && !await holds(); wait++) await Task.Delay(100, cancel);
    }

    private static void Print(string what, List<double> times)
    {
        var sorted = times.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-26} ms p50 {sorted[sorted.Count / 2]:f1}  p95 {sorted[sorted.Count * 95 / 100]:f1}  most {sorted[^1]:f1}  of {sorted.Count}"));
    }
}
