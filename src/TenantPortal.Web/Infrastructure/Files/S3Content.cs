using System.Net;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>The store of files cannot be used now; nothing half stands in a row.</summary>
public sealed class FilesUnreachableException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>Pieces as objects of a bucket, each under its client and file. Nobody is led there: every byte goes through the ticket's rights.</summary>
public sealed class S3Content : IFileContent, IDisposable
{
    public const string Name = "s3";
    private const int MostPieces = FileStore.LargestMegabytes + 1, Tries = 3;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly S3Settings settings;
    private readonly TimeProvider time;

    public S3Content(PortalSettings portal, TimeProvider time) => (settings, this.time) = (portal.FilesS3 ?? throw new InvalidOperationException("PORTAL_FILES_S3 is not set."), time);

    public string Place => Name;

    public async Task PutAsync(PortalDb db, TenantId client, Guid file, int number, byte[] bytes, CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Put, client, file, number, bytes, cancel);
        if (!answer.IsSuccessStatusCode) throw Refused("keep", answer);
    }

    public async Task<byte[]?> GetAsync(PortalDb db, TenantId client, Guid file, int number, CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Get, client, file, number, [], cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancel) : throw Refused("give", answer);
    }

    public async Task DropAsync(TenantId client, Guid file, CancellationToken cancel)
    {
        for (var number = 0; number < MostPieces; number++)
        {
            using var answer = await AskAsync(HttpMethod.Delete, client, file, number, [], cancel);
            if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.NotFound) throw Refused("delete", answer);
        }
    }

    public void Dispose() => http.Dispose();

    // the same piece under the same name may be put twice, so a broken line is tried again
    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, TenantId client, Guid file, int number, byte[] body, CancellationToken cancel)
    {
        for (var left = Tries; ; left--)
        {
            using var request = new HttpRequestMessage(method, new Uri($"{settings.Bucket}/{client.Value:n}/{file:n}/{number}"));
            if (method == HttpMethod.Put) request.Content = new ByteArrayContent(body);
            S3Signature.Sign(request, body, settings.Region, settings.Key(), time.GetUtcNow());
            try
            {
                var answer = await http.SendAsync(request, cancel);
                if ((int)answer.StatusCode < 500 || left == 1) return answer;
                answer.Dispose();
            }
            catch (Exception e) when (left == 1 && !cancel.IsCancellationRequested && e is HttpRequestException or TaskCanceledException) { throw new FilesUnreachableException($"The store of files cannot be reached: {e.Message}", e); }
            catch (Exception e) when (!cancel.IsCancellationRequested && e is HttpRequestException or TaskCanceledException) { continue; }
        }
    }

    private static FilesUnreachableException Refused(string what, HttpResponseMessage answer) => new($"The store of files did not {what} a file: {(int)answer.StatusCode} {answer.ReasonPhrase}. Check PORTAL_FILES_S3, its region and its key.");
}
