using System.Globalization;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Writes each letter as one .eml file into a folder per client; a file is there whole or not at all.</summary>
public sealed class FolderTransport(PortalSettings settings) : IMailTransport
{
    public async Task<Delivery> SendAsync(Letter letter, CancellationToken cancel)
    {
        var folder = Path.Combine(settings.MailFolder, letter.ClientSlug);
        var name = $"{letter.CreatedAt.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{letter.Id:n}{(letter.Attempt > 1 ? $"-{letter.Attempt}" : "")}.eml";
        var unfinished = Path.Combine(folder, $".{name}.{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(folder);
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous))
            {
                await file.WriteAsync(letter.Bytes, cancel);
                file.Flush(flushToDisk: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Delivery.NotNow($"The mail folder {settings.MailFolder} cannot be written: {e.Message}"); }
        File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        return Delivery.Taken;
    }
}
