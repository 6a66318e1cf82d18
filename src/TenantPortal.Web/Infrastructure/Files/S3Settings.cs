namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>A bucket of an S3-compatible store: address with bucket and prefix, region, and the key that is read from its file for each request.</summary>
public sealed record S3Settings(Uri Bucket, string Region, string KeyFile)
{
    /// <summary>Null where none is set: then files lie in the database.</summary>
    public static S3Settings? Read(IConfiguration configuration, Func<string, string, Exception> wrong)
    {
        if (configuration["PORTAL_FILES_S3"] is not { Length: > 0 } text) return null;
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var bucket) || bucket.Scheme is not ("https" or "http") || bucket.AbsolutePath.Length < 2 || bucket.Query.Length > 0 || bucket.UserInfo.Length > 0)
            throw wrong("PORTAL_FILES_S3", "must be the address of a bucket, such as https://s3.example.com/portal-files, with a prefix behind it if you like");
        if (bucket.Scheme == "http" && !bucket.IsLoopback) throw wrong("PORTAL_FILES_S3", "is http, which would send files readable over the network. Use https");
        if (configuration["PORTAL_FILES_S3_KEY_FILE"] is not { Length: > 0 } file || !File.Exists(file)) throw wrong("PORTAL_FILES_S3_KEY_FILE", "must name a file of two lines: the access key's id and its secret");
        var settings = new S3Settings(bucket, configuration["PORTAL_FILES_S3_REGION"] is { Length: > 0 } region ? region : "us-east-1", file);
        if (settings.Key() is not ({ Length: > 0 }, { Length: > 0 })) throw wrong("PORTAL_FILES_S3_KEY_FILE", $"names {file}, which lacks one of its two lines: the access key's id and its secret");
        return settings;
    }

    public (string Id, string Secret) Key() => File.ReadAllLines(KeyFile) is [var id, var secret, ..] ? (id.Trim(), secret.Trim()) : ("", "");
}
