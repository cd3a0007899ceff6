"""A sealed document is found by the digest of its file, when somebody uploads it to be checked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("store", "0018_pauses")]
    operations = [
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                condition=models.Q(("file_digest", ""), _negated=True),
                fields=["file_digest"],
                name="paper_by_file",
            ),
        ),
    ]
