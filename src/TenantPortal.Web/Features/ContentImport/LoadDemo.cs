using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Loads content/demo and every pack. What is there already stays as people left it, so that it can run at every start.</summary>
public sealed class LoadDemo(PortalSettings settings, ClientDirectory clients, StaffDirectory staff, BringInStaff bringInStaff, BringInPack packs, BringInClient bringIn, ReadLibrary readLibrary)
{
    private const string Approver = "anna";

    public async Task<bool> RunAsync(Progress progress, CancellationToken cancel)
    {
        var folder = Path.Combine(settings.ContentFolder, "demo");
        var problems = new ContentProblems();
        if (ContentFile.ReadText(folder, "staff.yml", problems) is not { } file || StaffFile.Read(file, problems) is not ({ } msp, { } people, { } rotas))
        {
            progress.Refused($"{folder} was refused:", problems.All);
            return false;
        }
        await bringInStaff.FoundAsync(msp, cancel);
        await bringInStaff.AddAsync(people, cancel);
        await bringInStaff.RotasAsync(rotas, cancel);
        foreach (var pack in Directory.GetDirectories(Path.Combine(settings.ContentFolder, "packs")).Order(StringComparer.Ordinal))
            if (!await packs.TriedAsync(pack, Approver, progress, cancel)) return false;
        if (!await BringInAsync(Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToList(), progress, cancel)) return false;
        await bringInStaff.ServeAsync(people, cancel);
        Invite(progress);
        return true;
    }

    // side by side, for each is a transaction of its own; told in order
    private async Task<bool> BringInAsync(List<string> folders, Progress progress, CancellationToken cancel)
    {
        var library = await readLibrary.RunAsync(cancel);
        var (lines, isIn) = (folders.ConvertAll(_ => new StringWriter()), new bool[folders.Count]);
        await Parallel.ForAsync(0, folders.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            async (i, token) => isIn[i] = await bringIn.RunAsync(folders[i], keep: true, progress.Keeping(lines[i]), token, library));
        progress.Done();
        foreach (var said in lines) progress.Say(said.ToString().TrimEnd());
        return Array.TrueForAll(isIn, yes => yes);
    }

    private void Invite(Progress progress)
    {
        progress.Say($"Play the demo from {settings.Url}/demo, or sign in at:");
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true })) progress.Say($"  {settings.Url}/c/{client.Slug}   as anyone of {client.Name}");
        progress.Say($"  {settings.Url}/desk   as {string.Join(", ", staff.All.Where(s => s.IsActive).Select(s => s.FirstName))}");
    }
}
