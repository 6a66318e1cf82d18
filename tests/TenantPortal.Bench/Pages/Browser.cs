using System.Net;
using System.Net.Http.Headers;
using AngleSharp;
using AngleSharp.Html.Dom;

namespace TenantPortal.Bench.Pages;

/// <summary>One person's browser: one kept connection, cookies, forms sent as a browser sends them; redirects are answers.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient client;

    public Browser(Uri address)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, MaxConnectionsPerServer = 1, PooledConnectionLifetime = Timeout.InfiniteTimeSpan };
        client = new(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public async Task<byte[]> GetAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? body : throw new WrongAnswerException($"GET {path} answered {(int)answer.StatusCode} {answer.Headers.Location}");
    }

    /// <summary>Posts what redirects; the address it redirects to.</summary>
    public async Task<string> PostAsync(FilledForm form)
    {
        using var request = form.ToRequest();
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther && answer.Headers.Location is { } location
            ? location.ToString()
            : throw new WrongAnswerException($"POST {form.Path} answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 3000)))}");
    }

    public async Task<string> SignInAsync(string path, params KeyValuePair<string, string>[] fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await PostAsync(await FilledForm.OfAsync(path, content));
    }

    /// <summary>Opens a page and fills its main form.</summary>
    public async Task<FilledForm> FillAsync(string path, Action<IHtmlFormElement> fill)
    {
        using var context = BrowsingContext.New(Configuration.Default);
        var html = System.Text.Encoding.UTF8.GetString(await GetAsync(path));
        using var page = await context.OpenAsync(response => response.Content(html).Address(new Uri(client.BaseAddress!, path)));
        var form = page.QuerySelector("main form[method=post]") as IHtmlFormElement ?? throw new WrongAnswerException($"{path} has no form.");
        fill(form);
        var sent = form.GetSubmission() ?? throw new WrongAnswerException($"The form of {path} cannot be sent.");
        using var body = new MemoryStream();
        await sent.Body.CopyToAsync(body);
        return new(new Uri(sent.Target.Href).PathAndQuery, body.ToArray(), sent.MimeType ?? "application/x-www-form-urlencoded");
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A form ready to be sent, so that filling it is not measured.</summary>
internal sealed record FilledForm(string Path, byte[] Body, string MediaType)
{
    public static async Task<FilledForm> OfAsync(string path, FormUrlEncodedContent content) => new(path, await content.ReadAsByteArrayAsync(), "application/x-www-form-urlencoded");

    public HttpRequestMessage ToRequest()
    {
        var content = new ByteArrayContent(Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        return new(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = content };
    }
}

/// <summary>A page that is not what it must be: the run ends, whatever its speed was.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
