using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>The files of one posted form: what could be kept is kept, each of the others is named with the reason.</summary>
public sealed class Uploads(FileStore store)
{
    public const int Most = 5;
    /// <summary>The largest form that is read at all: the files and the text beside them.</summary>
    public const long LargestForm = Most * FileStore.Largest + 5 * 1024 * 1024;

    public async Task<(List<KeptFile> Kept, List<Refusal> Refused)> KeepAsync(IReadOnlyCollection<IFormFile> files, int already, CancellationToken cancel)
    {
        var (kept, refused) = (new List<KeptFile>(), new List<Refusal>());
        foreach (var file in files.Where(f => f.Length > 0 || f.FileName.Length > 0))
        {
            if (already + kept.Count >= Most) { refused.Add(new($"{Shown(file)}: at most {Most} files fit. Your text is saved.")); continue; }
            if (file.Length > FileStore.Largest) { refused.Add(FileStore.TooLarge(file.Length, await TypeAsync(file, cancel))); continue; }
            await using var content = file.OpenReadStream();
            var (stored, refusal) = await store.KeepAsync(content, file.FileName, cancel);
            if (stored is not null) kept.Add(stored);
            if (refusal is not null) refused.Add(new($"{Shown(file)}: {refusal.Sentence}"));
        }
        return (kept, refused);
    }

    private static async Task<FileType?> TypeAsync(IFormFile file, CancellationToken cancel)
    {
        var start = new byte[FileType.BytesNeeded];
        await using var content = file.OpenReadStream();
        return FileType.Of(start.AsSpan(0, await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel)));
    }

    private static string Shown(IFormFile file) => FileName.Clean(file.FileName, FileType.Text)[..^FileType.Text.Extension.Length];
}
