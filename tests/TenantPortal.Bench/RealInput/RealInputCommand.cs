using TenantPortal.Bench.Retrieval;
using TenantPortal.Web;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace TenantPortal.Bench.RealInput;

/// <summary>A client with a library of real articles, and real problem texts sent as its tickets, in a fresh database.</summary>
internal sealed class RealInputCommand(string corpus, string queries, string judgments, int most)
{
    public const string Usage = "real-input CORPUS.jsonl QUERIES.jsonl QRELS.tsv [--take N]";

    public static RealInputCommand? Read(string[] args) => args switch
    {
        [var corpus, var queries, var judgments] => new(corpus, queries, judgments, 300),
        [var corpus, var queries, var judgments, "--take", var n] when int.TryParse(n, System.Globalization.CultureInfo.InvariantCulture, out var most) && most > 0 => new(corpus, queries, judgments, most),
        _ => null,
    };

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using var cluster = new Cluster();
            var (owner, app) = await cluster.CreateDatabaseAsync("bench_real_input");
            await Migrator.RunAsync(owner, cancel);
            var figures = await RunAsync(new PortalProcess(owner, app, folder), cancel);
            Console.WriteLine(figures);
            foreach (var failure in figures.Failures) await Console.Error.WriteLineAsync(failure);
            return figures.IsComplete ? 0 : 1;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private async Task<RealInputFigures> RunAsync(PortalProcess portal, CancellationToken cancel)
    {
        var client = PortalPeople.Company(0);
        IReadOnlyList<Domain.People.Contact> contacts;
        await using (var before = portal.Build())
        {
            await PortalApp.PrepareAsync(before, cancel);
            await PortalPeople.HireAsync(before.Services, cancel);
            await PortalPeople.ImportLibraryAsync(before.Services, cancel);
            await before.Services.GetRequiredService<ClientDirectory>().AddAsync(client, cancel);
            contacts = await PortalPeople.ContactsAsync(before.Services, client, cancel);
            await PortalPeople.PublishAsync(before.Services, client, cancel);
        }
        Console.WriteLine((await portal.CommandAsync("content", "import", "--client", client.Slug, "--jsonl", Path.GetFullPath(corpus), "--approve-as", PortalPeople.Lead)).Trim());
        await using var app = portal.Build();
        await PortalApp.PrepareAsync(app, cancel);
        return await new RealInputRun(app.Services, contacts[1], RetrievalSet.Read(corpus, queries, judgments)).RunAsync(most, cancel);
    }
}
