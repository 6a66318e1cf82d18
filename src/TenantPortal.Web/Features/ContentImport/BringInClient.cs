using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Brings in a whole client in one transaction: profile, its copies of the guides, then its tickets, which need both.</summary>
public sealed class BringInClient(ImportClient import, PublishRunbooks publish, ReadLibrary readLibrary)
{
    private const int MostLines = 500;

    /// <summary>What happened, in lines for the person at the terminal; false when the client was refused.</summary>
    public async Task<bool> RunAsync(string folder, bool keep, Progress progress, CancellationToken cancel, LibraryContent? library = null, bool isTrial = false)
    {
        library ??= await readLibrary.RunAsync(cancel);
        var imported = await import.RunAsync(folder, keep, cancel, async (services, client, files) =>
        {
            var published = await publish.IntoAsync(services.GetRequiredService<PortalDb>(), client, library, PublishRunbooks.ByImport, cancel);
            services.GetRequiredService<PortalDb>().ChangeTracker.Clear();
            progress.Say($"{client.Name}: {files.People.Count} people, {files.Devices.Count} devices, {files.Sites.Count} sites; {published.Published + published.Unchanged} guides are offered.");
            if (published.Missing.Count > 0) progress.Say($"  {published.Missing.Select(m => m.Slug).Distinct().Count()} guides are not offered everywhere, for want of {string.Join(", ", published.Missing.Select(m => m.Name).Distinct().Order(StringComparer.Ordinal))}.");
            var tickets = await services.GetRequiredService<ImportTickets>().RunAsync(files, (done, all) => progress.Step($"  {client.Name}: tickets {done} of {all}"), cancel);
            progress.Done();
            foreach (var problem in tickets.Problems) progress.Say($"  {problem}");
            progress.Say($"  {files.Tickets.Count(t => t.Resolution is not null)} past and {files.Tickets.Count(t => t.Resolution is null)} live tickets{(isTrial && tickets.Known > 0 ? $", {tickets.Known} of them were here before" : "")}.");
        }, isTrial ? lines => Tell(lines, progress) : null);
        if (isTrial && imported.Client is not null) progress.Say("This was a dry run: nothing was changed.");
        if (imported.Client is null) progress.Refused($"{folder} was refused, and nothing of it was imported:", imported.Problems);
        return imported.Client is not null;
    }

    private static void Tell(IReadOnlyList<string> lines, Progress progress)
    {
        if (lines.Count == 0) progress.Say("  The records are as they are in the folder.");
        foreach (var line in lines.Take(MostLines)) progress.Say("  " + line);
        if (lines.Count > MostLines) progress.Say($"  and {lines.Count - MostLines} more");
    }
}
